import type { Changes, CollectedEvidence } from "../model/evidence.js";
import { type Text, text } from "../model/text.js";
import { complete, count, type Examination, notApplicable, partial } from "./examination.js";
import { named } from "./examine-sources.js";

const measured = (evidence: CollectedEvidence): number => {
  if (evidence.results.status === "absent") return 0;
  return new Set(evidence.results.value.files.flatMap((file) => file.run.measurements.map((measurement) => measurement.benchmark))).size;
};

/** Without a result and without a changed test nothing was seen that could cover the change. */
const covering = (evidence: CollectedEvidence, changedTests: number, seen: Text): Examination =>
  evidence.results.status === "absent" && changedTests === 0 ? partial(evidence.results.reason, seen) : complete(seen);

const withChanges = (evidence: CollectedEvidence, examine: (changes: Changes) => Examination): Examination =>
  evidence.changes.status === "collected" ? examine(evidence.changes.value) : partial(evidence.changes.reason);

export function benchmarkCovers(evidence: CollectedEvidence): Examination {
  return withChanges(evidence, (changes) => {
    if (changes.critical.length === 0)
      return notApplicable(text`none of the ${count(changes.files.length, "changed file")} is on a path named in critical`);
    return covering(
      evidence,
      changes.benchmarks.length,
      text`${count(changes.critical.length, "changed critical file")} (${named(changes.critical)}), ${count(changes.benchmarks.length, "changed benchmark file")}, ${count(measured(evidence), "benchmark")} measured at this head`,
    );
  });
}

export function loadTestUpdated(evidence: CollectedEvidence): Examination {
  return withChanges(evidence, (changes) => {
    if (changes.endpoints.length === 0)
      return notApplicable(text`no budgeted endpoint is named in the ${count(changes.files.length, "changed file")}`);
    const patterns = [...new Set(changes.endpoints.map((endpoint) => endpoint.pattern))];
    return covering(
      evidence,
      changes.loadTests.length,
      text`${count(patterns.length, "changed endpoint")} (${named(patterns)}), ${count(changes.loadTests.length, "changed load-test file")}, ${count(measured(evidence), "benchmark")} measured at this head`,
    );
  });
}
