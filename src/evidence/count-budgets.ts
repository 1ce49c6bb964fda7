import type { Config, CountLimit, CountMetric, EndpointBudget } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import { type CountedEntry, type CountedSuite, isLossy, isUnit, type RuntimeCounts } from "../model/counts.js";
import type { BudgetDecision, BudgetResult } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
import { accountedFor, counted, doubtOf, moved, queries } from "../sql/counted-phrases.js";
import { coveringPattern } from "./endpoints.js";

/** An entry that a limit covers, and the record that it stands in. */
interface Covered {
  readonly entry: CountedEntry;
  readonly suite: CountedSuite;
}

type Absence = NonNullable<BudgetResult["absence"]>;

/** What one entry makes of a limit. */
type Judged = Pick<BudgetResult, "actual" | "values" | "headroom" | "decision" | "reason"> & {
  readonly absence?: Absence;
  readonly baseline?: number;
};

const noData = (absence: Absence, reason: Text): Judged => ({
  actual: null,
  values: [],
  headroom: null,
  decision: "no-data",
  absence,
  reason,
});

const headroom = (limit: number, actual: number): number | null => (limit === 0 ? (actual <= 0 ? 0 : null) : 1 - actual / limit);

/** Lost statements can only make a count too small: over the limit it is over, within the limit it proves nothing. */
function within(what: Text, { completeness }: CountedSuite): Text | null {
  const doubt = doubtOf(completeness);
  return doubt && text`${what}, and the record is not complete: ${doubt}`;
}

const baseOf = ({ queries: { base } }: CountedEntry): Text => (base === null ? [] : text` (${counted(base)} at the base)`);

const blamed = (entry: CountedEntry): Text => (entry.decision === "more" ? text`: ${accountedFor(entry)}` : []);

function most({ entry, suite }: Covered, limit: number): Judged {
  const values = entry.runs.head;
  const actual = values.at(-1) ?? 0;
  const said = text`${queries(actual)} against at most ${counted(limit)}${baseOf(entry)}`;
  const figures = {
    actual,
    values,
    headroom: headroom(limit, actual),
    ...(entry.queries.base !== null && { baseline: entry.queries.base }),
  };
  if (actual > limit) return { ...figures, decision: "fail", reason: text`${said}${blamed(entry)}` };
  if (entry.decision === "not-compared" && actual === 0) return noData("partial", entry.reason ?? said);
  const partial = within(said, suite);
  return partial ? noData("partial", partial) : { ...figures, decision: "pass", reason: said };
}

/** Why there is nothing to hold the count against. */
function withoutBase({ entry, suite }: Covered): Judged | null {
  const [limit] = suite.limits;
  if (!suite.base) return noData("no-baseline", limit ?? text`there is no base to compare with`);
  if (entry.decision === "new") return noData("no-baseline", text`the base does not have it`);
  if (entry.decision === "not-compared") return noData("partial", entry.reason ?? text`it is not compared`);
  const doubt = isLossy(suite.base.completeness) ? doubtOf(suite.base.completeness) : null;
  return doubt && noData("partial", text`the base's record is not complete: ${doubt}`);
}

function increase(covered: Covered, limit: number): Judged {
  const { entry, suite } = covered;
  const lacking = withoutBase(covered);
  if (lacking) return lacking;
  const { head, base } = entry.queries;
  const actual = head - (base ?? 0);
  const said = text`${moved(entry.queries)} against at most ${counted(limit)} more`;
  const figures = { actual, values: [actual], headroom: headroom(limit, actual), ...(base !== null && { baseline: base }) };
  if (actual > limit) return { ...figures, decision: "fail", reason: text`${said}${blamed(entry)}` };
  const partial = within(said, suite);
  return partial ? noData("partial", partial) : { ...figures, decision: "pass", reason: said };
}

const judges: Readonly<Record<CountMetric, (covered: Covered, limit: number) => Judged>> = {
  queries_max: most,
  queries_increase_max: increase,
};

const urgency: readonly BudgetDecision[] = ["fail", "no-data", "at-risk", "pass"];

/** A limit holds for each entry that it covers: the worst of them answers. */
function worst(all: readonly Judged[]): Judged | undefined {
  return [...all].sort(
    (one, other) => urgency.indexOf(one.decision) - urgency.indexOf(other.decision) || (other.actual ?? 0) - (one.actual ?? 0),
  )[0];
}

const named = ({ entry }: Covered, judged: Judged, isOne: boolean): Judged =>
  isOne ? judged : { ...judged, reason: text`${entry.key}: ${judged.reason}` };

function resultOf(pattern: string, { metric, limit }: CountLimit, { reason, ...judged }: Judged): BudgetResult {
  return { endpoint: pattern, scope: "queries", metric, unit: "1", limit, ...judged, reason };
}

const NOT_AMONG = text`no test or request of that name is in the record of this head's tests`;

type ByPattern = ReadonlyMap<string, readonly Covered[]>;

/** The entries of the head, by the limit that covers them. */
function byPattern(suites: readonly CountedSuite[], patterns: readonly string[]): ByPattern {
  const found = new Map<string, Covered[]>(patterns.map((pattern) => [pattern, []]));
  for (const suite of suites) {
    for (const entry of suite.entries) {
      if (!isUnit(entry) || entry.runs.head.length === 0) continue;
      found.get(coveringPattern(patterns, entry.name) ?? "")?.push({ entry, suite });
    }
  }
  return found;
}

function check({ pattern, counts = [] }: EndpointBudget, entries: ByPattern): readonly BudgetResult[] {
  const covered = entries.get(pattern) ?? [];
  return counts.map((limit) => {
    const judged = covered.map((one) => named(one, judges[limit.metric](one, limit.limit), covered.length === 1));
    return resultOf(pattern, limit, worst(judged) ?? noData("no-metric", NOT_AMONG));
  });
}

/**
 * Holds every limit on a number of statements against what the tests of this head sent. The numbers are exact, so one run is
 * enough; but a record that may have lost something passes nothing, and an entry that is missing passes nothing either.
 */
export function checkCountBudgets(runtime: Collected<RuntimeCounts>, { endpoints }: Pick<Config, "endpoints">): readonly BudgetResult[] {
  const limited = endpoints.filter(({ counts = [] }) => counts.length > 0);
  if (runtime.status === "absent") {
    return limited.flatMap(({ pattern, counts = [] }) =>
      counts.map((limit) => resultOf(pattern, limit, noData("no-artifact", runtime.reason))),
    );
  }
  const patterns = limited.map(({ pattern }) => pattern);
  const entries = byPattern(runtime.value.suites, patterns);
  return limited.flatMap((budget) => check(budget, entries));
}
