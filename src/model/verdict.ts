import type { RunSource } from "./evidence.js";
import type { BudgetResult, Comparability, Comparison } from "./judgement.js";
import type { Problem } from "./measurement.js";
import type { Plans } from "./plan.js";
import type { Snapshot } from "./pull-request.js";
import type { ChecklistItem, Finding } from "./rule.js";
import type { Text } from "./text.js";

/** The answer to one line of the checklist. `passed` says what was looked at. */
export type Outcome =
  | { readonly status: "passed"; readonly seen: Text }
  | { readonly status: "failed"; readonly seen: Text; readonly findings: readonly Finding[] }
  | { readonly status: "not-applicable"; readonly reason: Text }
  | { readonly status: "not-checked"; readonly reason: Text; readonly seen?: Text }
  | { readonly status: "attested"; readonly by: string; readonly at: string; readonly sha: string; readonly reason: Text };

export interface ChecklistLine {
  readonly item: ChecklistItem;
  /** The line as shown; ours. */
  readonly text: string;
  readonly gate: boolean;
  readonly outcome: Outcome;
}

/** A human's tick on a line that no machine could answer. Times are ISO 8601 in UTC. */
export interface Attestation {
  readonly item: ChecklistItem;
  readonly by: string;
  readonly at: string;
  readonly sha: string;
}

/** A label's fate: granted by an authorised human on this head, or refused with the reason. */
export type Override =
  | {
      readonly status: "granted";
      readonly by: string;
      readonly at: string;
      readonly sha: string;
      readonly team: string;
      readonly label: string;
      readonly covers: readonly Text[];
    }
  | {
      readonly status: "refused";
      readonly by: string;
      readonly at: string;
      readonly sha: string;
      readonly label: string;
      readonly reason: Text;
    }
  | {
      readonly status: "void";
      readonly by: string;
      readonly at: string;
      readonly sha: string;
      readonly label: string;
      readonly reason: Text;
    };

export type Conclusion = "success" | "failure" | "action_required";

export interface Verdict {
  readonly conclusion: Conclusion;
  readonly advisory: boolean;
  /** One line: the verdict and what has to be done. */
  readonly title: Text;
  /** Who has to do what; empty when nothing. */
  readonly action: Text;
  /** Why the gate is closed, worst first; empty when open without an override. */
  readonly violations: readonly Text[];
  readonly override?: Override;
  /** Evidence is still expected: the check stays in progress until then. ISO 8601. */
  readonly awaiting?: { readonly what: Text; readonly until: string };
  /** Series that this review found slower or suspects: what the history of the default branch is held against later. */
  readonly flagged?: readonly string[];
}

/** One thing that was looked at, for the list at the end of the report. `n` counts what `kind` names. */
export interface EvidenceSource {
  readonly kind: "files" | "statements" | "results" | "runtime" | "baseline" | "history";
  readonly source: string;
  readonly run?: RunSource;
  readonly n: number;
}

/** The whole review: what `report/` renders and the JSON format publishes. */
export interface Review {
  readonly snapshot: Snapshot;
  readonly verdict: Verdict;
  readonly checklist: readonly ChecklistLine[];
  readonly findings: readonly Finding[];
  readonly comparisons: readonly Comparison[];
  readonly comparability: Comparability;
  readonly budgets: readonly BudgetResult[];
  readonly evidence: readonly EvidenceSource[];
  readonly problems: readonly Problem[];
  /** Absent where no plans were made. */
  readonly plans?: Plans;
  /** What the configuration keeps from being judged although it was measured; foreign text. */
  readonly ignored?: readonly { readonly name: string; readonly reason: string; readonly until?: string }[];
  readonly baseline?: { readonly sha: string; readonly url?: string; readonly distance: number };
  readonly configuration: { readonly path: string; readonly state: "read" | "none" | "invalid"; readonly changedHere: boolean };
}
