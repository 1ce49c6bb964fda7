import type { Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import type { EvidenceSource, Review } from "../model/verdict.js";
import { count, workflowRun } from "./phrases.js";
import type { Section } from "./section.js";

const where = ({ file, line }: Problem): Text => {
  if (file === undefined) return [];
  return line === undefined ? text`${file}: ` : text`${`${file}:${line}`}: `;
};

const item = (problem: Problem): readonly Text[] => [
  text`${[problem.level === "error" ? "❌" : "⚠️"]} ${where(problem)}${problem.message}`,
  ...(problem.remedy === undefined ? [] : [problem.remedy]),
];

const ofLevel = (problems: readonly Problem[], level: Problem["level"]): readonly (readonly Text[])[] =>
  problems.filter((problem) => problem.level === level).map(item);

/** Errors keep the gate closed: open. */
export function brokenEvidence({ problems, configuration }: Pick<Review, "problems" | "configuration">): Section {
  const anchor = configuration.state === "invalid" ? "configuration-invalid" : "evidence-broken";
  return { title: ["What could not be read"], anchor, header: [], rows: ofLevel(problems, "error"), folded: false };
}

export function problemsNoted(problems: readonly Problem[]): Section {
  const rows = ofLevel(problems, "warning");
  return { title: text`${count(rows.length, "problem")} with the evidence`, header: [], rows, folded: true };
}

const nouns: Readonly<Record<EvidenceSource["kind"], string>> = {
  files: "changed file",
  statements: "statement",
  results: "measurement",
  runtime: "test or request",
  baseline: "measurement",
  history: "earlier run",
};

const holds = ({ kind, n }: EvidenceSource): Text => (kind === "runtime" && n !== 1 ? [`${n} tests or requests`] : count(n, nouns[kind]));

const source = (one: EvidenceSource): readonly Text[] => [
  [one.kind],
  one.kind === "files" ? ["the pull request's changes"] : text`${one.source}`,
  holds(one),
  one.run ? workflowRun(one.run) : [],
];

/** Everything that was looked at. */
export function evidenceList(evidence: readonly EvidenceSource[]): Section {
  const header: readonly Text[] = [["Evidence"], ["Source"], ["Holds"], ["Workflow run"]];
  return { title: ["What this review looked at"], header, rows: evidence.map(source), folded: true };
}
