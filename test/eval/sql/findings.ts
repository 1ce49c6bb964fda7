import { table } from "../tables.js";
import type { Corpus } from "./corpus.js";
import { counted } from "./figures.js";
import type { JudgedFile } from "./judged.js";

/** What these find costs time or space, and neither keeps others waiting nor breaks a deployment. */
const OTHER: ReadonlySet<string> = new Set([
  "migrations/fk-unindexed",
  "migrations/fk-type-mismatch",
  "migrations/index-redundant",
  "migrations/index-column-order",
  "migrations/index-hash",
  "migrations/index-too-wide",
  "migrations/key-32bit",
  "migrations/json-not-jsonb",
  "migrations/trigger-per-row",
  "migrations/rls-policy-per-row",
  "migrations/mysql-inline-references",
]);

export const isLockHazard = (rule: string): boolean => rule.startsWith("migrations/") && !OTHER.has(rule);

const SEVERITIES = ["blocking", "warning", "notice", "question"] as const;

export interface JudgedCorpus {
  readonly corpus: Corpus;
  readonly files: readonly JudgedFile[];
}

/** How many findings a migration gets, and which share of them is about locks and availability. */
export function findingsTable(judged: readonly JudgedCorpus[]): string {
  const rows = judged.map(({ corpus, files }) => {
    const findings = files.flatMap((file) => file.findings);
    const other = findings.filter(({ rule }) => !isLockHazard(rule)).length;
    const clean = files.filter((file) => file.findings.length === 0).length;
    return [
      corpus.name,
      String(files.length),
      String(findings.length),
      (findings.length / files.length).toFixed(2),
      (other / files.length).toFixed(2),
      ...SEVERITIES.map((severity) => String(findings.filter((finding) => finding.severity === severity).length)),
      String(clean),
    ];
  });
  return table(
    ["repository", "migrations", "findings", "a file", "a file, not about locks or availability", ...SEVERITIES, "files without any"],
    rows,
  );
}

export function rulesTable(judged: readonly JudgedCorpus[]): string {
  const all = judged.flatMap(({ files }) => files.flatMap((file) => file.findings.map(({ rule }) => rule)));
  const inCorpus = judged.map(({ files }) => new Map(counted(files.flatMap((file) => file.findings.map(({ rule }) => rule)))));
  const rows = counted(all).map(([rule, count]) => [
    `\`${rule}\``,
    isLockHazard(rule) ? "yes" : "no",
    String(count),
    ...inCorpus.map((counts) => String(counts.get(rule) ?? 0)),
  ]);
  return table(["rule", "lock or availability", "findings", ...judged.map(({ corpus }) => corpus.name.split("/")[1] ?? "")], rows);
}
