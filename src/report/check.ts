import type { Finding, Severity } from "../model/rule.js";
import { text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { holds, worstFindings } from "./finding-sections.js";
import { title } from "./headline.js";
import { renderPage } from "./page.js";
import { clipped, plainly } from "./plain.js";

/** Limits of GitHub's check runs API; summary and text are counted in bytes to be on the safe side. */
const TITLE = 255;
const PAGE_BYTES = 65_535;
const MESSAGE = 16_000;

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** A button under the check run; label at most 20, description 40, identifier 20 characters. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** Worst first. GitHub takes 50 a request, which is the publisher's business. */
  readonly annotations: readonly CheckAnnotation[];
  readonly actions: readonly CheckAction[];
}

export const levels = { blocking: "failure", warning: "warning", notice: "notice" } as const satisfies Partial<Record<Severity, string>>;

const REVIEW_AGAIN: CheckAction = {
  label: "Review again",
  description: "Collect the evidence anew and judge.",
  identifier: "review-again",
};

const REQUEST_OVERRIDE: CheckAction = {
  label: "Request override",
  description: "Agree to let this head pass as it is.",
  identifier: "request-override",
};

/** The button is there where something is closed that an override may open. */
const actions = ({ verdict }: Review): readonly CheckAction[] =>
  verdict.overridable !== undefined && verdict.conclusion !== "success" ? [REVIEW_AGAIN, REQUEST_OVERRIDE] : [REVIEW_AGAIN];

type Annotated = Finding & Required<Pick<Finding, "at">> & { readonly severity: keyof typeof levels };

const isAnnotated = (finding: Finding): finding is Annotated =>
  finding.at !== undefined && finding.severity !== "question" && holds(finding);

/** Findings that stand at a line and ask for attention, worst first. */
export const annotatedFindings = (findings: readonly Finding[]): readonly Annotated[] => worstFindings(findings).filter(isAnnotated);

const annotation = ({ at, severity, rule, message, help }: Annotated): CheckAnnotation => ({
  path: at.path,
  start_line: at.line,
  end_line: at.endLine ?? at.line,
  annotation_level: levels[severity],
  title: clipped(plainly(text`${rule}`), TITLE),
  message: clipped(plainly(help.length === 0 ? message : [...message, "\n\n", ...help]), MESSAGE),
});

const bytes = new TextEncoder();

const fits = (page: string): boolean => bytes.encode(page).length <= PAGE_BYTES;

/** What a check run shows: the same verdict, figures and checklist as the comment, and notes at the lines. */
export function renderCheck(review: Review, options: { readonly docsUrl?: string } = {}): CheckOutput {
  return {
    title: clipped(plainly(title(review.verdict)), TITLE),
    summary: renderPage(review, { ...options, template: "check-summary", shows: (section) => !section.folded, fits }).trim(),
    text: renderPage(review, { ...options, template: "check-details", shows: (section) => section.folded, fits }).trim(),
    annotations: annotatedFindings(review.findings).map(annotation),
    actions: actions(review),
  };
}
