import type { CollectedEvidence, Evidence, EvidenceKind } from "../model/evidence.js";
import type { ChecklistItem, Finding, FindingOf, Rule, Severity } from "../model/rule.js";
import { type Text, text } from "../model/text.js";

/** What the rules said, and the lines that a failing rule of ours left unanswered. */
export interface RuleResults {
  readonly findings: readonly Finding[];
  readonly answers: ReadonlyMap<string, ChecklistItem>;
  /** Rules that are not off. */
  readonly ran: readonly Rule[];
  /** Lines of which one rule could not run, with the reason. */
  readonly broken: ReadonlyMap<ChecklistItem, Text>;
}

const ORDER: readonly Severity[] = ["blocking", "warning", "notice", "question"];

/** Worst first, then by place, so that the same evidence gives the same list. */
export function worstFirst(left: Finding, right: Finding): number {
  return (
    ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity) ||
    (left.at?.path ?? "").localeCompare(right.at?.path ?? "") ||
    (left.at?.line ?? 0) - (right.at?.line ?? 0) ||
    left.rule.localeCompare(right.rule)
  );
}

const declared = (rule: Rule, evidence: CollectedEvidence): Partial<Evidence> | null => {
  const entries: [EvidenceKind, unknown][] = [];
  for (const kind of rule.needs) {
    const collected = evidence[kind];
    if (collected.status === "absent") return null;
    entries.push([kind, collected.value]);
  }
  return Object.fromEntries(entries);
};

const isComplete = (rule: Rule, evidence: Partial<Evidence>): evidence is Evidence => rule.needs.every((kind) => kind in evidence);

const check = (rule: Rule, evidence: CollectedEvidence): readonly FindingOf[] => {
  const seen = declared(rule, evidence);
  if (seen && isComplete(rule, seen)) return rule.check(seen, rule.options.parse({}));
  return rule.otherwise ? check(rule.otherwise, evidence) : [];
};

/**
 * A question stays a question: the configuration says how bad a finding is, not how sure we are. A reading of the code
 * is never sure enough to close the gate.
 */
function severityOf({ reads }: Rule, finding: FindingOf, configured: Severity | undefined): Severity {
  if (finding.severity === "question") return "question";
  return reads && configured === "blocking" ? "warning" : (configured ?? finding.severity);
}

/** Findings of source rules that are shown for one pull request; those that a comment silences do not count. */
const SOURCE_SHOWN = 10;

/** Keeps the worst ten of what rules over source code found; the last of them says how many more there are. */
function worstOfSource(findings: readonly Finding[], ran: readonly Rule[]): readonly Finding[] {
  const overSource = new Set<string>(ran.flatMap(({ id, reads }) => (reads ? [id] : [])));
  const counted = findings.filter(({ rule, suppressed }) => suppressed === undefined && overSource.has(rule));
  const more = counted.length - SOURCE_SHOWN;
  if (more <= 0) return findings;
  const hidden = new Set(counted.slice(SOURCE_SHOWN));
  const last = counted[SOURCE_SHOWN - 1];
  return findings
    .filter((finding) => !hidden.has(finding))
    .map((finding) => (finding === last ? { ...finding, message: text`${finding.message} + ${more} more in the source code.` } : finding));
}

/**
 * Runs every rule that is not off on the evidence it declares. A rule that throws leaves its line
 * unanswered and is reported to `onError` by id; the others go on.
 */
export function runRules(
  rules: readonly Rule[],
  evidence: CollectedEvidence,
  severities: Readonly<Record<string, Severity | "off">>,
  onError: (rule: string, error: unknown) => void,
): RuleResults {
  const findings: Finding[] = [];
  const broken = new Map<ChecklistItem, Text>();
  const ran = rules.filter((rule) => severities[rule.id] !== "off" && !(rule.off && severities[rule.id] === undefined));
  for (const rule of ran) {
    const configured = severities[rule.id];
    try {
      for (const finding of check(rule, evidence))
        findings.push({ ...finding, rule: rule.id, severity: severityOf(rule, finding, configured === "off" ? undefined : configured) });
    } catch (error) {
      onError(rule.id, error);
      broken.set(rule.answers, text`internal error in the rule ${rule.id}`);
    }
  }
  return {
    findings: worstOfSource(findings.sort(worstFirst), ran),
    answers: new Map(rules.map((rule) => [rule.id, rule.answers])),
    ran,
    broken,
  };
}
