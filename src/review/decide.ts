import type { Config } from "../config/config.js";
import { isOnlyDocumentation } from "../evidence/path-kinds.js";
import type { Problem } from "../model/measurement.js";
import { join, moment, type Text, text } from "../model/text.js";
import type { Override, Verdict } from "../model/verdict.js";
import { regression } from "../rules/budgets/regression.js";
import { type Closed, closedBy, expectedOf, type Facts } from "./closed.js";
import { candidates, unmeasured } from "./expected.js";
import { isUnchecked } from "./problems.js";

export type { Facts } from "./closed.js";

/** What those who may override have to do. */
function request({ override: { label, quorum, reason }, onBudgetExceed: { requireApproval: team } }: Config): Text {
  const who = quorum === 1 ? text`a member of ${team ?? ""}` : text`${quorum} members of ${team ?? ""}`;
  if (reason) return text`ask ${who} to write \`/redline override\` and the reason in a comment.`;
  return quorum === 1
    ? text`ask ${who} to put the label ${label} on this head.`
    : text`ask ${who} to agree: one by the label ${label}, the others by \`/redline override\` in a comment.`;
}

const approval = (config: Config): Text =>
  config.onBudgetExceed.requireApproval === null
    ? text`No team may override: name one under require_approval.`
    : text`Mend it, or ${request(config)}`;

const actionFor = (closed: Closed, { config, waitUntil, waitingSince }: Facts, awaited: boolean): Text => {
  if (!closed.overridable) return text`Mend the configuration on the base branch; until then nothing can be judged.`;
  if (closed.conclusion === "failure") return approval(config);
  const over = awaited && waitUntil === null && waitingSince !== undefined;
  return text`Provide what is missing${over ? text`; it was awaited since ${moment(waitingSince)}` : []}. ${approval(config)}`;
};

const more = (violations: readonly Text[]): Text => (violations.length > 1 ? text` (and ${violations.length - 1} more)` : []);

/** Said where no benchmark has an answer: an open gate must not look like "no regression". */
const nothingDecided = ({ evidence }: Facts): readonly Text[] => {
  const all = evidence.comparisons.status === "collected" ? evidence.comparisons.value : [];
  const open = all.filter(({ decision }) => decision === "inconclusive").length;
  const decided = all.some(({ decision }) => decision === "no-change" || decision === "regression" || decision === "improvement");
  return open > 0 && !decided ? [text`none of ${open} benchmark ${open === 1 ? ["figure"] : ["figures"]} could be decided`] : [];
};

const counted = (n: number, one: string, many: string): readonly Text[] => (n === 0 ? [] : [[`${n} ${n === 1 ? one : many}`]]);

/** SQL that nothing is known of is no SQL without a finding. */
const unchecked = (problems: readonly Problem[]): readonly Text[] => {
  const places = problems.filter(({ code }) => isUnchecked(code)).length;
  return counted(places, "part of its SQL could not be checked", "parts of its SQL could not be checked");
};

/** Nothing was to be measured, and what CI measured all the same raised no doubt. */
function isDocumentationOnly({ evidence, findings, problems }: Facts): boolean {
  const { changes, comparisons } = evidence;
  const doubts = comparisons.status === "collected" && comparisons.value.some(({ doubt }) => doubt === "suspect");
  return changes.status === "collected" && isOnlyDocumentation(changes.value.files) && findings.length + problems.length === 0 && !doubts;
}

/** What an open gate must not hide. */
function remarks(facts: Facts): readonly Text[] {
  const warned = facts.findings.filter((finding) => finding.severity === "warning" && finding.suppressed === undefined);
  const regressed = warned.filter(({ rule }) => rule === regression.id).length;
  return [
    ...counted(unmeasured(facts.evidence), "endpoint not measured", "endpoints not measured"),
    ...counted(candidates(facts.evidence).length, "benchmark needs reruns", "benchmarks need reruns"),
    ...counted(regressed, "figure regressed, not enough to block", "figures regressed, not enough to block"),
    ...nothingDecided(facts),
    ...counted(warned.length - regressed, "warning", "warnings"),
    ...unchecked(facts.problems),
  ];
}

function openTitle(facts: Facts): Text {
  if (facts.repairsConfiguration) return text`The configuration is invalid on the base branch; this change mends it`;
  if (isDocumentationOnly(facts)) return text`Only documentation changed, so there is nothing to measure`;
  const said = remarks(facts);
  if (facts.config.endpoints.length === 0)
    return text`Nothing was found that closes the gate; ${said.length === 0 ? ["no endpoint has a budget"] : join(said, ", ")}`;
  return said.length === 0 ? text`No performance budget is exceeded` : text`No budget is known to be exceeded; ${join(said, ", ")}`;
}

const base = (facts: Facts): Pick<Verdict, "advisory" | "override" | "otherOverrides" | "lookalikes"> => ({
  advisory: facts.config.mode === "advisory" && !facts.configurationInvalid,
  ...(facts.override && { override: facts.override }),
  ...(facts.otherOverrides && facts.otherOverrides.length > 0 && { otherOverrides: facts.otherOverrides }),
  ...(facts.lookalikes && facts.lookalikes.length > 0 && { lookalikes: facts.lookalikes }),
});

function closedVerdict(facts: Facts, closed: Closed, awaited: boolean): Verdict {
  const violations = closed.violations.map((violation) => violation.text);
  const title = text`${violations[0] ?? []}${more(violations)}`;
  const shared = { ...base(facts), violations, ...(closed.overridable && { overridable: closed.violations }) };
  if (shared.advisory) return { ...shared, conclusion: "success", title: text`advisory: ${title}`, action: [] };
  if (closed.overridable && facts.override?.status === "granted") {
    const override: Override = { ...facts.override, covers: violations };
    return { ...shared, override, conclusion: "success", title: text`Overridden by ${override.by}: ${title}`, action: [] };
  }
  return { ...shared, conclusion: closed.conclusion, title, action: actionFor(closed, facts, awaited) };
}

/**
 * The merge gate. Success only from a complete evaluation, an override that holds, or advisory mode;
 * what is still awaited keeps the check in progress while nothing else closes it.
 */
export function decide(facts: Facts): Verdict {
  const expected = expectedOf(facts);
  const closed = closedBy(facts, expected);
  if (closed === null) {
    const title = openTitle(facts);
    return {
      ...base(facts),
      conclusion: "success",
      title: base(facts).advisory ? text`advisory: ${title}` : title,
      action: [],
      violations: [],
    };
  }
  const verdict = closedVerdict(facts, closed, expected.length > 0);
  const first = expected[0];
  const onlyWaiting = closed.violations.length === expected.length && closed.conclusion === "action_required";
  if (!first || facts.waitUntil === null || verdict.conclusion === "success" || !onlyWaiting) return verdict;
  const since = facts.waitingSince === undefined ? {} : { since: facts.waitingSince };
  return { ...verdict, awaiting: { what: first.reason, ...since, until: facts.waitUntil } };
}
