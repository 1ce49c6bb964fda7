import type { Config } from "../config/config.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Problem } from "../model/measurement.js";
import type { Violation } from "../model/override.js";
import type { Finding } from "../model/rule.js";
import { type Text, text } from "../model/text.js";
import type { Measured, Override } from "../model/verdict.js";
import { type Expected, expectedEvidence } from "./expected.js";
import { ofFinding, ofGap, ofSuspect } from "./violations.js";

/** Everything the gate depends on. Pure data: the same facts give the same verdict. */
export interface Facts extends Unanswered {
  readonly override: Override | null;
  /** Further requests on this head, and labels that only look like the configured one. */
  readonly otherOverrides?: readonly Override[];
  readonly lookalikes?: readonly string[];
}

/** The same before anybody's override is looked at. */
export interface Unanswered {
  readonly config: Config;
  readonly configurationInvalid: boolean;
  /** The pull request changes nothing but an invalid configuration, and makes it valid. */
  readonly repairsConfiguration: boolean;
  readonly incomplete: string | undefined;
  readonly evidence: CollectedEvidence;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  /** Lines that the configuration requires and nobody answered. */
  readonly unanswered?: readonly Text[];
  /** The file of the configuration, where this pull request touches it. */
  readonly touchesConfiguration?: string;
  /** What was measured at an earlier head of the pull request. */
  readonly earlier?: Measured | null;
  /** Until when missing evidence is waited for (ISO 8601), or null when the time is over. */
  readonly waitUntil: string | null;
  /** Since when (ISO 8601) it is waited for, where anything is. */
  readonly waitingSince?: string;
}

/** Why the gate is closed, and whether an override may open it. */
export type Closed = {
  readonly conclusion: "failure" | "action_required";
  readonly violations: readonly Violation[];
  readonly overridable: boolean;
};

/** A `redline-ignore` comment is written by the author, so it never lifts what closes the gate. */
const blocking = (findings: readonly Finding[]): readonly Violation[] =>
  findings.filter((finding) => finding.severity === "blocking").map(ofFinding);

/** Only where the repository asks for it: a suspicion proves nothing. */
const suspects = ({ config, evidence }: Unanswered): readonly Violation[] => {
  if (config.benchmarks.onSuspect !== "block" || evidence.comparisons.status === "absent") return [];
  return evidence.comparisons.value.filter((comparison) => comparison.doubt === "suspect").map(ofSuspect);
};

const broken = (problems: readonly Problem[]): readonly Text[] =>
  problems
    .filter((problem) => problem.level === "error")
    .map((problem) => (problem.file === undefined ? problem.message : text`${problem.file}: ${problem.message}`));

const waitingFor = (expected: readonly Expected[]): readonly Text[] => expected.map((one) => one.reason);

/** Evidence that is still to come. */
export const expectedOf = (facts: Unanswered): readonly Expected[] =>
  facts.configurationInvalid ? [] : expectedEvidence(facts.config, facts.evidence, facts.earlier);

/** Of a list that was cut short nobody knows whether it holds nothing else. */
const repairs = ({ repairsConfiguration, incomplete }: Unanswered): boolean => repairsConfiguration && incomplete === undefined;

/** The approving team's own rules are the configuration: who may override has to agree to a change of it. */
const touched = ({ config, touchesConfiguration: path }: Unanswered): readonly Text[] => {
  const team = config.onBudgetExceed.requireApproval;
  if (path === undefined || team === null) return [];
  return [text`it changes ${path}, to which a member of ${team} has to agree; the change applies after the merge`];
};

/** What closes the gate; null when nothing does. */
export function closedBy(facts: Unanswered, expected: readonly Expected[] = expectedOf(facts)): Closed | null {
  if (facts.configurationInvalid) {
    return repairs(facts) ? null : { conclusion: "action_required", violations: broken(facts.problems).map(ofGap), overridable: false };
  }
  const failures = [...blocking(facts.findings), ...suspects(facts)];
  if (failures.length > 0) return { conclusion: "failure", violations: failures, overridable: true };
  const gaps = [
    ...(facts.incomplete === undefined ? [] : [text`not every changed file could be read: ${facts.incomplete}`]),
    ...broken(facts.problems),
    ...waitingFor(expected),
    ...(facts.unanswered ?? []),
    ...touched(facts),
  ];
  return gaps.length > 0 ? { conclusion: "action_required", violations: gaps.map(ofGap), overridable: true } : null;
}
