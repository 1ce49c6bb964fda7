import { z } from "zod";
import { type CountedCall, type CountedEntry, type CountedSuite, REPEATED } from "../../model/counts.js";
import { grouped } from "../../model/grouped.js";
import type { FindingOf, Rule, Severity } from "../../model/rule.js";
import { type Text, text } from "../../model/text.js";
import { counted } from "../../sql/counted-phrases.js";
import { byActual, hasSoundBase, namedEntries, told } from "../counted-entries.js";

/** One target that one entry asks again and again. */
interface Repeat {
  readonly entry: CountedEntry;
  readonly call: CountedCall;
  readonly isNew: boolean;
}

/** The base's tests may not run the entry; its code may be older than the test. */
const isNew = (suite: CountedSuite, { base, head }: CountedCall): boolean => hasSoundBase(suite) && base !== null && head > base;

/** A test's own requests are how it asks the service: what a service asks of others is below its requests. */
const isRequest = ({ kind }: CountedEntry): boolean => kind === "endpoint";

const repeatsOf = (suite: CountedSuite): readonly Repeat[] =>
  suite.entries
    .filter(isRequest)
    .flatMap((entry) =>
      entry.calls.filter(({ head }) => head >= REPEATED).map((call): Repeat => ({ entry, call, isNew: isNew(suite, call) })),
    );

const severityOf = ({ isNew: news }: Repeat): Severity => (news ? "warning" : "question");

const baseOf = ({ call: { base } }: Repeat): Text => (base === null ? [] : text` (${counted(base)} at the base)`);

function findingOf(repeats: readonly [Repeat, ...Repeat[]]): FindingOf {
  const [worst = repeats[0], ...others] = [...repeats].sort(
    (one, other) => Number(other.isNew) - Number(one.isNew) || other.call.head - one.call.head,
  );
  const said = text`${worst.entry.name} asks ${worst.call.target} ${counted(worst.call.head)} times${baseOf(worst)}`;
  const rest = others.length === 0 ? [] : text` So do ${namedEntries(others.map(({ entry }) => entry))}.`;
  return {
    severity: severityOf(worst),
    title: said,
    message: text`${said}.${rest} Each is a round trip to another service, and one that fails or hangs fails them all.`,
    help: text`Ask for all of them in one request, where the service has one for many; else send them side by side, a few at a time, each with a time-out.`,
    measured: { actual: worst.call.head, limit: Math.max(REPEATED - 1, worst.call.base ?? 0), unit: "1" },
  };
}

/** A request that asks the same target of another service again and again, as the traces show. */
export const repeatedCall: Rule<"runtime"> = {
  id: "algorithms/repeated-call",
  answers: "algorithms/no-io-in-loops",
  needs: ["runtime"],
  options: z.strictObject({}),
  check: ({ runtime }) => {
    const found = grouped(runtime.suites.flatMap(repeatsOf), ({ call }) => call.target).map(findingOf);
    return told(found.sort(byActual));
  },
};
