import { type CountedEntry, type CountedStatement, type CountedSuite, REPEATED, type RuntimeCounts } from "../model/counts.js";
import { plain } from "../model/text.js";
import type { ReviewJson } from "./json-schema.js";

type SuiteJson = ReviewJson["runtime"][number];
type EntryJson = SuiteJson["entries"][number];

const isTold = ({ head, base }: CountedStatement): boolean => head >= REPEATED || (base !== null && base !== head);

const statementJson = ({ statement, head, base, rows }: CountedStatement): EntryJson["statements"][number] => ({
  fingerprint: statement.fingerprint,
  text: statement.normalized,
  queries: { base, head },
  rows: rows ? { base: rows.base, head: rows.head } : null,
});

const entryJson = ({ kind, name, key, service, decision, reason, alike, ...entry }: CountedEntry): EntryJson => ({
  ...{ kind, name, key, decision, alike },
  service: service ?? null,
  reason: reason ? plain(reason) : null,
  queries: { ...entry.queries },
  runs: { base: [...entry.runs.base], head: [...entry.runs.head] },
  spans: { ...entry.spans },
  connections: { ...entry.connections },
  statements: entry.statements.filter(isTold).map(statementJson),
});

const suiteJson = ({ suite, source, completeness, base, limits, outside, entries }: CountedSuite): SuiteJson => ({
  ...{ suite, source, outside },
  complete: completeness.status === "complete",
  doubts: completeness.status === "complete" ? [] : completeness.reasons.map(({ message }) => plain(message)),
  base: base && { sha: base.sha, distance: base.distance, complete: base.completeness.status === "complete" },
  limits: limits.map(plain),
  entries: entries.map(entryJson),
});

/** What the tests sent, with every entry; statements without their values. */
export const countsJson = (runtime: RuntimeCounts | undefined): Pick<ReviewJson, "runtime"> => ({
  runtime: (runtime?.suites ?? []).map(suiteJson),
});
