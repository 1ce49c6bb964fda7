import { z } from "zod";
import { type CountedEntry, type CountedStatement, type CountedSuite, REPEATED, type RuntimeCounts } from "../../model/counts.js";
import type { Changes } from "../../model/evidence.js";
import { grouped } from "../../model/grouped.js";
import type { FindingOf, Rule, Severity } from "../../model/rule.js";
import { type Text, text } from "../../model/text.js";
import { counted, moved, shownStatement } from "../../sql/counted-phrases.js";
import { byActual, changedPlace, hasSoundBase, namedEntries, repeatedIn, sentFrom, told } from "../counted-entries.js";

/** One statement that one entry repeats, and what the base tells of it. */
interface Repeat {
  readonly entry: CountedEntry;
  readonly counted: CountedStatement;
  readonly age: "new" | "before" | "unknown";
}

/** What any entry of the base repeats: a test may be new where the code is not. */
const repeatedBefore = ({ entries }: CountedSuite): ReadonlySet<string> =>
  new Set(
    entries.flatMap(({ statements }) =>
      statements.flatMap(({ statement, base }) => ((base ?? 0) >= REPEATED ? statement.fingerprint : [])),
    ),
  );

function ageOf({ statement, head, base }: CountedStatement, before: ReadonlySet<string>): Repeat["age"] {
  if (base === null) return before.has(statement.fingerprint) ? "before" : "new";
  return head > base ? "new" : "before";
}

function repeatsOf(suite: CountedSuite): readonly Repeat[] {
  const [isSound, before] = [hasSoundBase(suite), repeatedBefore(suite)];
  return suite.entries.flatMap((entry) =>
    repeatedIn(entry).map((one): Repeat => ({ entry, counted: one, age: isSound ? ageOf(one, before) : "unknown" })),
  );
}

const severities: Readonly<Record<Repeat["age"], Severity>> = { new: "warning", before: "question", unknown: "question" };

function baseOf({ counted: { base }, age }: Repeat): Text {
  if (age === "before") return [" (as before)"];
  if (age === "unknown") return [" (whether it did before is not known)"];
  return base === null ? [" (the base's tests do not run it)"] : text` (${counted(base)} at the base)`;
}

/** `GET /orders: 2 → 52 queries`, where that is the news. */
function figureOf({ entry, age }: Repeat): Text {
  return age === "new" && entry.queries.base !== null ? text`${entry.name}: ${moved(entry.queries)}; it` : text`${entry.name}`;
}

const times = (repeat: Repeat): Text =>
  text`${figureOf(repeat)} sends one statement ${counted(repeat.counted.head)} times${baseOf(repeat)}`;

function others(repeats: readonly Repeat[]): Text {
  return repeats.length === 0 ? [] : text` So do ${namedEntries(repeats.map(({ entry }) => entry))}.`;
}

const ages: readonly Repeat["age"][] = ["new", "unknown", "before"];

/** The request says more than the test that makes it. */
const isRequest = ({ entry }: Repeat): number => Number(entry.kind === "endpoint");

function findingOf(repeats: readonly [Repeat, ...Repeat[]], changes: Changes): FindingOf {
  const [worst = repeats[0], ...rest] = [...repeats].sort(
    (one, other) =>
      ages.indexOf(one.age) - ages.indexOf(other.age) || other.counted.head - one.counted.head || isRequest(other) - isRequest(one),
  );
  const { statement, head } = worst.counted;
  const at = changedPlace(worst.counted.code, changes);
  const said = times(worst);
  return {
    severity: severities[worst.age],
    title: said,
    message: text`${said}: ${shownStatement(statement)}${sentFrom(worst.counted)}.${others(rest)} Each is a round trip of its own, and there are as many as there are rows.`,
    help: text`Load them with one statement: a join, \`= ANY($1)\`, or the ORM's eager loading. Where the repetition is meant (pages, polling, one message each), allow it under runtime.allow with the statement ${statement.fingerprint}.`,
    ...(at && { at }),
    measured: { actual: head, limit: Math.max(REPEATED - 1, worst.counted.base ?? 0), unit: "1" },
  };
}

function check(runtime: RuntimeCounts, changes: Changes): readonly FindingOf[] {
  const repeats = runtime.suites.flatMap(repeatsOf);
  const found = grouped(repeats, (repeat) => repeat.counted.statement.fingerprint).map((same) => findingOf(same, changes));
  return told(found.sort(byActual));
}

/** One statement, sent again and again by one request or test: N+1, as the tests of the head ran it. */
export const repeatedStatement: Rule<"runtime" | "changes"> = {
  id: "queries/repeated-statement",
  answers: "queries/no-n-plus-one",
  needs: ["runtime", "changes"],
  options: z.strictObject({}),
  check: ({ runtime, changes }) => check(runtime, changes),
};
