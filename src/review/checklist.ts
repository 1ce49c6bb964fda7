import type { CollectedEvidence } from "../model/evidence.js";
import { type ChecklistItem, checklistItems, type Finding } from "../model/rule.js";
import { type Text, text } from "../model/text.js";
import type { Attestation, ChecklistLine, Outcome } from "../model/verdict.js";
import type { Examination } from "./examination.js";
import { items } from "./items.js";
import type { RuleResults } from "./run-rules.js";

const fails = (finding: Finding): boolean => finding.severity !== "question" && finding.suppressed === undefined;

const attested = (tick: Attestation, examination: Extract<Examination, { status: "partial" }>): Outcome => ({
  status: "attested",
  by: tick.by,
  at: tick.at,
  sha: tick.sha,
  reason: examination.reason,
});

/** A line that failed says as well what was not looked at. */
const wholly = (examination: Exclude<Examination, { status: "not-applicable" }>): Text => {
  if (examination.status === "complete") return examination.seen;
  return examination.seen ? text`${examination.seen}; not all: ${examination.reason}` : examination.reason;
};

const outcomeOf = (examination: Examination, findings: readonly Finding[], tick: Attestation | undefined): Outcome => {
  if (findings.length > 0 && examination.status !== "not-applicable") {
    return { status: "failed", seen: wholly(examination), findings };
  }
  if (examination.status === "complete") return { status: "passed", seen: examination.seen };
  if (examination.status === "not-applicable") return { status: "not-applicable", reason: examination.reason };
  if (tick) return attested(tick, examination);
  return { status: "not-checked", reason: examination.reason, ...(examination.seen && { seen: examination.seen }) };
};

/** A rule that broke, or a list of files that is not whole, takes the completeness away from a line. */
const limited = (examination: Examination, item: ChecklistItem, results: RuleResults, incomplete: string | undefined): Examination => {
  const broken = results.broken.get(item);
  const seen = examination.status === "not-applicable" ? undefined : examination.seen;
  if (broken) return { status: "partial", reason: broken, ...(seen && { seen }) };
  if (incomplete !== undefined && examination.status !== "partial") {
    return { status: "partial", reason: text`the list of changed files is not complete: ${incomplete}`, ...(seen && { seen }) };
  }
  return examination;
};

/**
 * Answers every line of the checklist. Only lines that no machine could answer, and that do not belong
 * to the gate, can be answered by a human's tick.
 */
export function answerChecklist(
  evidence: CollectedEvidence,
  results: RuleResults,
  attestations: readonly Attestation[],
  off: Readonly<Partial<Record<ChecklistItem, "off">>>,
  incomplete: string | undefined,
): readonly ChecklistLine[] {
  return checklistItems.map((item) => {
    const { text: line, gate = false, examine } = items[item];
    if (off[item] === "off") {
      return { item, text: line, gate, outcome: { status: "not-applicable", reason: text`switched off in the configuration` } };
    }
    const findings = results.findings.filter((finding) => fails(finding) && results.answers.get(finding.rule) === item);
    const tick = gate ? undefined : attestations.find((attestation) => attestation.item === item);
    return { item, text: line, gate, outcome: outcomeOf(limited(examine(evidence), item, results, incomplete), findings, tick) };
  });
}
