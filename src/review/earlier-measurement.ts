import { isOnlyDocumentation } from "../evidence/path-kinds.js";
import type { CollectedEvidence } from "../model/evidence.js";
import { type Text, text } from "../model/text.js";
import type { Measured, Review } from "../model/verdict.js";

/** What closed the gate by a figure. What is found in the change itself is found again, or is gone, whatever was measured. */
const isFigure = ({ key }: { readonly key: string }): boolean => key.startsWith('["budgets/') || key.startsWith('["suspect"');

function overOf({ verdict, budgets, comparisons }: Review): Text | null {
  if (verdict.overridable === undefined) return null;
  const closing = verdict.overridable.find(isFigure);
  if (closing) return closing.text;
  const risk = budgets.find(({ decision }) => decision === "at-risk");
  if (risk) return text`${risk.endpoint} was over its budget in a first look`;
  const suspect = comparisons.find(({ mode, doubt }) => mode === "B" && doubt === "suspect");
  return suspect ? text`${suspect.benchmark} looked slower` : null;
}

/** What a verdict remembers of its measurements, for the heads that follow; nothing where there were none. */
export function measuredOf(review: Review): { readonly measured?: Measured } {
  const workflows = [...new Set(review.evidence.flatMap(({ kind, run }) => (kind === "results" ? (run?.workflow ?? []) : [])))];
  return workflows.length === 0 ? {} : { measured: { sha: review.snapshot.head.sha, workflows, over: overOf(review) } };
}

const deliveredBy = ({ results }: CollectedEvidence): ReadonlySet<string | undefined> =>
  new Set(results.status === "collected" ? results.value.files.map(({ source }) => source?.workflow) : []);

/**
 * A figure that closed the gate is answered by a figure: until the workflows that measured it have measured this head too,
 * a push must not be the way around. @param earlier of the newest earlier head that was measured
 */
export function notMeasuredAgain(evidence: CollectedEvidence, earlier: Measured | null): readonly Text[] {
  if (earlier === null || earlier.over === null) return [];
  const { changes } = evidence;
  if (changes.status === "collected" && isOnlyDocumentation(changes.value.files)) return [];
  const { workflows, sha, over } = earlier;
  const delivered = deliveredBy(evidence);
  const missing = workflows.filter((workflow) => !delivered.has(workflow));
  return missing.map((workflow) => text`${workflow} has not measured this head, and at ${sha.slice(0, 7)} it said: ${over}`);
}
