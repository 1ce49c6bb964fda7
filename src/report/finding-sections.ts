import type { Snapshot } from "../model/pull-request.js";
import type { Finding, Severity } from "../model/rule.js";
import { type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { count, place } from "./phrases.js";
import type { Section } from "./section.js";

const urgency: Readonly<Record<Severity, number>> = { blocking: 0, warning: 1, notice: 2, question: 3 };

export const severityMarks: Readonly<Record<Severity, string>> = { blocking: "❌", warning: "⚠️", notice: "ℹ️", question: "❔" };

/** Worst first; the order of files and lines is kept. */
export const worstFindings = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((one, other) => urgency[one.severity] - urgency[other.severity]);

/** A suppression never lifts what closes the gate, so a blocking finding is shown in spite of it. */
export const holds = (finding: Finding): boolean => finding.suppressed === undefined || finding.severity === "blocking";

/** What these say stands in the tables of budgets and comparisons, with the same figures. */
const TABLED: ReadonlySet<string> = new Set(["budgets/endpoint-over-budget", "budgets/regression"]);

const where = (finding: Finding, snapshot: Snapshot): Text => (finding.at ? text`${place(finding.at, snapshot)} ` : []);

const ignored = (finding: Finding): Text =>
  finding.suppressed === undefined ? [] : text` Suppressed in the source, with the reason ${finding.suppressed}.`;

const item = (finding: Finding, snapshot: Snapshot): readonly Text[] => [
  text`${[severityMarks[finding.severity]]} ${where(finding, snapshot)}${finding.message} (${finding.rule})${ignored(finding)}`,
  ...(finding.help.length === 0 ? [] : [finding.help]),
];

const section = (title: Text, findings: readonly Finding[], snapshot: Snapshot): Section => ({
  title,
  header: [],
  rows: findings.map((finding) => item(finding, snapshot)),
  folded: true,
});

/** Blocking findings and warnings: open. */
export function findingsToMend({ findings, snapshot }: Pick<Review, "findings" | "snapshot">): Section {
  const open = worstFindings(findings).filter(
    (finding) => urgency[finding.severity] <= urgency.warning && holds(finding) && !TABLED.has(finding.rule),
  );
  return { ...section(["Findings"], open, snapshot), anchor: "blocking-finding", folded: false };
}

/** Notices, questions and what the source suppresses: folded. */
export function otherFindings({ findings, snapshot }: Pick<Review, "findings" | "snapshot">): readonly Section[] {
  const of = (severity: Severity): readonly Finding[] =>
    findings.filter((finding) => finding.severity === severity && holds(finding) && !TABLED.has(finding.rule));
  const suppressed = worstFindings(findings).filter((finding) => !holds(finding));
  return [
    section(count(of("notice").length, "notice"), of("notice"), snapshot),
    section(count(suppressed.length, "suppressed finding"), suppressed, snapshot),
    section(["Worth a look"], of("question"), snapshot),
  ];
}
