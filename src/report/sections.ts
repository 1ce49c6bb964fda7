import type { Review } from "../model/verdict.js";
import { budgetsMet, budgetsNotMeasured, budgetsOver } from "./budget-sections.js";
import { improved, slower, unchanged, uncompared } from "./comparison-sections.js";
import { countSections } from "./count-sections.js";
import { brokenEvidence, evidenceList, problemsNoted } from "./evidence-sections.js";
import { findingsToMend, otherFindings } from "./finding-sections.js";
import { ignoredBenchmarks } from "./ignored-section.js";
import { overrideSection } from "./override-section.js";
import { planSections } from "./plan-sections.js";
import type { Section } from "./section.js";

/** Several reasons for "cannot be judged yet": the headline names only the first. */
const gaps = ({ verdict, problems }: Review): Section => {
  const errors = problems.filter((problem) => problem.level === "error").length;
  const open = verdict.conclusion === "action_required" && verdict.violations.length > Math.max(1, errors);
  const rows = open ? verdict.violations.map((violation) => [violation]) : [];
  return { title: ["Missing before this can be judged"], anchor: "evidence-missing", header: [], rows, folded: false };
};

/** All that a review has to say, most important first: when room is short, the last rows go first. */
export function sections(review: Review): readonly Section[] {
  const plans = planSections(review);
  const all = [
    overrideSection(review.verdict),
    budgetsOver(review.budgets),
    slower(review),
    findingsToMend(review),
    ...plans.filter(({ folded }) => !folded),
    brokenEvidence(review),
    gaps(review),
    budgetsNotMeasured(review.budgets),
    uncompared(review.comparisons),
    problemsNoted(review.problems),
    ...otherFindings(review),
    ...countSections(review),
    ignoredBenchmarks(review.ignored),
    improved(review.comparisons),
    budgetsMet(review.budgets),
    unchanged(review.comparisons),
    ...plans.filter(({ folded }) => folded),
    evidenceList(review.evidence),
  ];
  return all.filter((section) => section.rows.length > 0);
}
