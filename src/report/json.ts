import { z } from "zod";
import type { BudgetResult, Comparability, Comparison } from "../model/judgement.js";
import type { Problem } from "../model/measurement.js";
import type { Finding } from "../model/rule.js";
import { plain } from "../model/text.js";
import type { ChecklistLine, Override, Review } from "../model/verdict.js";
import { title } from "./headline.js";
import { countsJson } from "./json-counts.js";
import { plansJson } from "./json-plans.js";
import { type ReviewJson, reviewJson } from "./json-schema.js";

type Part<K extends "checklist" | "findings" | "comparisons" | "budgets" | "problems"> = ReviewJson[K][number];

const line = ({ item, text, outcome, required }: ChecklistLine): Part<"checklist"> => ({
  item,
  text,
  outcome: outcome.status,
  ...("reason" in outcome && { reason: plain(outcome.reason) }),
  ...("seen" in outcome && outcome.seen && { seen: plain(outcome.seen) }),
  ...(outcome.status === "not-checked" && outcome.questions !== undefined && { questions: outcome.questions }),
  ...(outcome.status === "attested" && { by: outcome.by, at: outcome.at, ...(outcome.standing && { standing: outcome.standing }) }),
  ...(required && { required }),
});

const finding = ({ rule, severity, message, help, at, measured, suppressed }: Finding): Part<"findings"> => ({
  rule,
  severity,
  message: plain(message),
  help: plain(help),
  path: at?.path ?? null,
  line: at?.line ?? null,
  endLine: at ? (at.endLine ?? at.line) : null,
  measured: measured ?? null,
  suppressed: suppressed ?? null,
});

const comparison = ({ reason, doubt, trend, interval, ...rest }: Comparison): Part<"comparisons"> => ({
  ...rest,
  interval: interval === null ? null : [...interval],
  trend: [...trend],
  doubt: doubt ?? null,
  reason: plain(reason),
});

const comparability = ({ paired, machine, shift }: Comparability): ReviewJson["comparability"] => ({
  paired: paired.map(({ command, ...runs }) => ({ ...runs, files: [...runs.files], command: command ?? null })),
  machine: [...machine],
  shift,
});

const budget = ({ absence: _, reason, values, scope, basis, baseline, inNoise, ...rest }: BudgetResult): Part<"budgets"> => ({
  ...rest,
  scope: scope ?? "endpoint",
  basis: basis ?? "absolute",
  baseline: baseline ?? null,
  inNoise: inNoise ?? false,
  values: [...values],
  reason: plain(reason),
});

const problem = ({ level, code, file, line: at, message, remedy }: Problem): Part<"problems"> => ({
  level,
  code,
  ...(file !== undefined && { file }),
  ...(at !== undefined && { line: at }),
  message: plain(message),
  ...(remedy && { remedy: plain(remedy) }),
});

const override = (given: Override): NonNullable<ReviewJson["override"]> => {
  const holds = "team" in given ? given : null;
  return {
    status: given.status,
    by: given.by,
    at: given.at,
    sha: given.sha,
    label: given.label,
    how: given.how ?? "label",
    said: given.said ?? null,
    team: holds?.team ?? null,
    covers: holds?.covers.map(plain) ?? [],
    needed: holds?.needed ?? 1,
    with: [...(holds?.with ?? [])],
    expires: holds?.expires ?? null,
    reason: "reason" in given ? plain(given.reason) : null,
  };
};

/**
 * JSON v1 of a review: SI units, null for figures that do not exist. Foreign text stands in it as it was
 * written, so whoever prints it must escape it. Throws when a figure is not finite.
 */
export function toJson(review: Review): ReviewJson {
  const { snapshot, verdict } = review;
  return reviewJson.parse({
    version: 1,
    advisory: verdict.advisory,
    base: { sha: snapshot.base.sha },
    mergeBase: { sha: snapshot.mergeBase.sha },
    head: { sha: snapshot.head.sha },
    conclusion: verdict.conclusion,
    title: plain(title(verdict)),
    checklist: review.checklist.map(line),
    findings: review.findings.map(finding),
    comparisons: review.comparisons.map(comparison),
    baseline: review.baseline ? { sha: review.baseline.sha, distance: review.baseline.distance } : null,
    comparability: comparability(review.comparability),
    budgets: review.budgets.map(budget),
    evidence: review.evidence.map((source) => ({ ...source })),
    problems: review.problems.map(problem),
    ...plansJson(review.plans),
    ...countsJson(review.runtime),
    override: verdict.override ? override(verdict.override) : null,
  } satisfies ReviewJson);
}

/** The JSON Schema of {@link toJson}, published as docs/review.schema.json. */
export const reviewSchema = (): object => z.toJSONSchema(reviewJson);
