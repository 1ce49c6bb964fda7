import type { Collected } from "../model/collected.js";
import type { Baseline, CollectedEvidence } from "../model/evidence.js";
import type { EvidenceSource } from "../model/verdict.js";

const historyLength = (baseline: Baseline): number => Math.max(0, ...[...baseline.history.values()].map((values) => values.length));

/** Everything that was looked at, for the end of the report and the JSON. */
export function listEvidence(evidence: CollectedEvidence, baseline: Collected<Baseline>): readonly EvidenceSource[] {
  const list: EvidenceSource[] = [];
  if (evidence.changes.status === "collected")
    list.push({ kind: "files", source: "changed files", n: evidence.changes.value.files.length });
  if (evidence.statements.status === "collected") {
    for (const file of evidence.statements.value.files) list.push({ kind: "statements", source: file.path, n: file.statements.length });
  }
  if (evidence.results.status === "collected") {
    for (const file of evidence.results.value.files) {
      list.push({ kind: "results", source: file.file, n: file.run.measurements.length, ...(file.source && { run: file.source }) });
    }
  }
  if (evidence.runtime.status === "collected") {
    for (const { suite, entries } of evidence.runtime.value.suites) {
      list.push({ kind: "runtime", source: suite, n: entries.filter(({ runs }) => runs.head.length > 0).length });
    }
  }
  if (baseline.status === "collected") {
    list.push({ kind: "baseline", source: baseline.value.sha, n: baseline.value.measurements.length });
    list.push({ kind: "history", source: "runs on the default branch", n: historyLength(baseline.value) });
  }
  return list;
}
