import { z } from "zod";
import { type CountedEntry, type CountedSuite, isUnit, REPEATED } from "../../model/counts.js";
import { grouped } from "../../model/grouped.js";
import type { FindingOf, Rule } from "../../model/rule.js";
import { text } from "../../model/text.js";
import { accountedFor, counted, grown, moreOf, moved } from "../../sql/counted-phrases.js";
import { hasSoundBase, isNewRepeat, namedEntries, told } from "../counted-entries.js";

/** Totals of a suite are exact as well, when its tests are the same. */
const isCompared = (entry: CountedEntry): boolean => entry.decision === "more" && (isUnit(entry) || entry.kind === "suite");

/** What a loop accounts for alone is said by the rule about repeated statements. */
const isSaid = (entry: CountedEntry): boolean => grown(entry).every((one) => isNewRepeat(entry, one));

/** Entries that grew by the same statements grew for one reason, be it three hundred of them. */
const reasonOf = (entry: CountedEntry): string => JSON.stringify(grown(entry).map((one) => [one.statement.fingerprint, moreOf(one)]));

/** A look-up more is a question, and no N+1: only as many as a loop would send fail the line. */
function findingOf([worst, ...others]: readonly [CountedEntry, ...CountedEntry[]], { base }: CountedSuite): FindingOf {
  const said = text`${worst.name}: ${moved(worst.queries)}`;
  const rest = others.length === 0 ? [] : text` The same statements are new in ${namedEntries(others)}.`;
  const { head, base: before } = worst.queries;
  const far =
    base && base.distance > 0 ? text` Compared with ${base.sha.slice(0, 7)}, ${counted(base.distance)} before the merge base.` : [];
  return {
    severity: moreOf(worst.queries) >= REPEATED ? "notice" : "question",
    title: said,
    message: text`${said}, by ${accountedFor(worst)}.${rest}${far}`,
    help: text`Look whether they are needed; a limit on the number is \`queries_increase_max\` or \`queries_max\` of the endpoint.`,
    ...(before !== null && { measured: { actual: head, limit: before, unit: "1" } }),
  };
}

const isRequest = ({ kind }: CountedEntry): number => Number(kind === "endpoint");

/** The largest growth first; of a test and the request that it makes, the request. */
const byGrowth = (one: CountedEntry, other: CountedEntry): number =>
  moreOf(other.queries) - moreOf(one.queries) || isRequest(other) - isRequest(one);

function findingsOf(suite: CountedSuite): readonly FindingOf[] {
  if (!hasSoundBase(suite)) return [];
  const more = suite.entries.filter((entry) => isCompared(entry) && !isSaid(entry)).sort(byGrowth);
  return grouped(more, reasonOf).map((entries) => findingOf(entries, suite));
}

/** A request or test that sends more statements than at the base, exactly so many. */
export const statementCountIncrease: Rule<"runtime"> = {
  id: "queries/statement-count-increase",
  answers: "queries/no-n-plus-one",
  needs: ["runtime"],
  options: z.strictObject({}),
  check: ({ runtime }) => told(runtime.suites.flatMap(findingsOf)),
};
