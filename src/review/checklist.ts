import type { Config } from "../config/config.js";
import type { CollectedEvidence } from "../model/evidence.js";
import { type ChecklistItem, checklistItems, type Finding, type LineId } from "../model/rule.js";
import { type Text, text } from "../model/text.js";
import type { ChecklistLine, Outcome } from "../model/verdict.js";
import type { BasisOf } from "./concerns.js";
import type { Examination } from "./examination.js";
import { items } from "./items.js";
import { ownLines } from "./own-lines.js";
import type { RuleResults } from "./run-rules.js";
import { type Ticking, ticked } from "./ticks.js";

const fails = (finding: Finding): boolean => finding.severity !== "question" && finding.suppressed === undefined;

/** A line that failed says as well what was not looked at. */
const wholly = (examination: Exclude<Examination, { status: "not-applicable" }>): Text => {
  if (examination.status === "complete") return examination.seen;
  return examination.seen ? text`${examination.seen}; not all: ${examination.reason}` : examination.reason;
};

const machineOutcome = (examination: Examination, findings: readonly Finding[], questions: number): Outcome => {
  if (findings.length > 0 && examination.status !== "not-applicable") {
    return { status: "failed", seen: wholly(examination), findings };
  }
  if (examination.status === "complete") return { status: "passed", seen: examination.seen };
  if (examination.status === "not-applicable") return { status: "not-applicable", reason: examination.reason };
  const { reason, seen } = examination;
  return { status: "not-checked", reason, ...(seen && { seen }), ...(examination.static && { questions }) };
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

/** How people answer what no machine could. `basisOf` is absent where nobody can tick. */
export interface People extends Ticking {
  readonly basisOf?: BasisOf | undefined;
}

/** Only what no machine could answer takes a tick, and never a line of the gate. */
function withTick(item: LineId, outcome: Outcome, people: People, basis: string | undefined): Outcome {
  const tick = people.attestations.find((attestation) => attestation.item === item);
  if (outcome.status !== "not-checked" || tick === undefined) return outcome;
  return ticked(tick, people, { ...outcome, basis });
}

function fixedLine(item: ChecklistItem, evidence: CollectedEvidence, results: RuleResults, incomplete: string | undefined): ChecklistLine {
  const { text: line, gate = false, examine } = items[item];
  const answering = results.findings.filter((finding) => results.answers.get(finding.rule) === item && finding.suppressed === undefined);
  const findings = answering.filter(fails);
  const examination = limited(examine(evidence, results.ran), item, results, incomplete);
  return { item, text: line, gate, outcome: machineOutcome(examination, findings, answering.length - findings.length) };
}

const switchedOff = (item: ChecklistItem): ChecklistLine => {
  const { text: line, gate = false } = items[item];
  return { item, text: line, gate, outcome: { status: "not-applicable", reason: text`switched off in the configuration` } };
};

/** The line with its tick, if it takes one, and what a tick would rest on. */
function forPeople(line: ChecklistLine, people: People, basis: () => string | undefined): ChecklistLine {
  if (line.gate || line.outcome.status !== "not-checked") return line;
  const shown = basis();
  return { ...line, outcome: withTick(line.item, line.outcome, people, shown), ...(shown !== undefined && { basis: shown }) };
}

/**
 * Answers every line of the checklist, the team's own last. Only lines that no machine could answer, and that do not
 * belong to the gate, can be answered by a human's tick.
 */
export function answerChecklist(
  evidence: CollectedEvidence,
  results: RuleResults,
  people: People,
  { items: states, lines: own }: Config["checklist"],
  incomplete: string | undefined,
): readonly ChecklistLine[] {
  const fixed = checklistItems.map((item) => {
    if (states[item] === "off") return switchedOff(item);
    const line = forPeople(fixedLine(item, evidence, results, incomplete), people, () => people.basisOf?.(item));
    return states[item] === "required" ? { ...line, required: true as const } : line;
  });
  const added = ownLines(own, evidence).map(({ line, definition }) =>
    forPeople(line, people, () => people.basisOf?.(line.item, definition)),
  );
  return [...fixed, ...added];
}
