import type { RuntimeCounts } from "./counts.js";
import type { RunSource } from "./evidence.js";
import type { BudgetResult, Comparability, Comparison } from "./judgement.js";
import type { Problem } from "./measurement.js";
import type { AskKind, Violation } from "./override.js";
import type { Plans } from "./plan.js";
import type { Snapshot } from "./pull-request.js";
import type { Finding, LineId } from "./rule.js";
import type { Text } from "./text.js";

/** The answer to one line of the checklist. `passed` says what was looked at. */
export type Outcome =
  | { readonly status: "passed"; readonly seen: Text }
  | { readonly status: "failed"; readonly seen: Text; readonly findings: readonly Finding[] }
  | { readonly status: "not-applicable"; readonly reason: Text }
  | {
      readonly status: "not-checked";
      readonly reason: Text;
      readonly seen?: Text;
      /** A static check looked and found nothing that fails the line, which proves nothing; so many questions. `reason` is what it does not see. */
      readonly questions?: number;
    }
  | {
      readonly status: "attested";
      readonly by: string;
      readonly at: string;
      readonly sha: string;
      readonly reason: Text;
      /** Not a second person's eye: shown, and never counted where the gate requires the line. */
      readonly standing?: "author" | "bot";
    };

export interface ChecklistLine {
  readonly item: LineId;
  /** The line as shown; ours, but for a line of the team's own, whose text is foreign. */
  readonly text: string;
  readonly gate: boolean;
  readonly outcome: Outcome;
  /** The configuration keeps the gate closed until this line has an answer. */
  readonly required?: true;
  /** Digest of the changed files that this line is about; absent where nobody can tick it. */
  readonly basis?: string;
}

/** A tick on a line that no machine could answer. Times are ISO 8601 in UTC. */
export interface Attestation {
  readonly item: LineId;
  readonly by: string;
  readonly at: string;
  /** The head whose comment was ticked. */
  readonly sha: string;
  /** GitHub's account behind `by`; absent for a tick of an earlier version. */
  readonly account?: { readonly id: number; readonly bot: boolean };
  /** {@link ChecklistLine.basis} as it was shown; without it the tick holds for its own head only. */
  readonly basis?: string;
}

/** The boxes of a published comment: what each spoke of, by line. */
export interface Boxes {
  readonly sha: string;
  readonly basis: Readonly<Record<string, string>>;
}

/** A person's request to let the change pass all the same. */
interface Asked {
  readonly by: string;
  /** By GitHub's clock, ISO 8601. */
  readonly at: string;
  /** The head that it was for. */
  readonly sha: string;
  /** The configured label, whichever way was taken. */
  readonly label: string;
  /** The label when absent. */
  readonly how?: AskKind;
  /** The person's reason. Foreign. */
  readonly said?: string;
}

/** What became of it: granted by authorised people on this head, waiting for more of them, or refused or ended with the reason. */
export type Override =
  | (Asked & {
      readonly status: "granted" | "waiting";
      readonly team: string;
      readonly covers: readonly Text[];
      /** How many people have to agree, and who else does; absent where one is enough. */
      readonly needed?: number;
      readonly with?: readonly string[];
      /** ISO 8601; `endsSoon` when that is near. */
      readonly expires?: string;
      readonly endsSoon?: true;
    })
  | (Asked & { readonly status: "refused" | "void"; readonly reason: Text });

export type Conclusion = "success" | "failure" | "action_required";

/** What workflows measured at a head. */
export interface Measured {
  readonly sha: string;
  /** Paths of the workflows' files; foreign. */
  readonly workflows: readonly string[];
  /** The figure that closed the gate there, or would have been looked at again; null where none did. */
  readonly over: Text | null;
}

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
  /** Further requests on this head, newest first. */
  readonly otherOverrides?: readonly Override[];
  /** Labels that look like the configured one and are none. Foreign. */
  readonly lookalikes?: readonly string[];
  /** What an override would have to cover; absent when nothing closes the gate, or no override opens it. */
  readonly overridable?: readonly Violation[];
  /** The base branch, and a digest of the configuration, that it was judged under. */
  readonly under?: { readonly baseRef: string; readonly configuration: string };
  /** Evidence is still expected: the check stays in progress until then. ISO 8601. */
  readonly awaiting?: { readonly what: Text; readonly since?: string; readonly until: string };
  /** Series that this review found slower or suspects: what the history of the default branch is held against later. */
  readonly flagged?: readonly string[];
  /** Absent where nothing was measured. */
  readonly measured?: Measured;
  /** What could be ticked in the comment of this head. A tick is believed only when it names one of these. */
  readonly boxes?: Boxes;
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
  /** Absent where no record of what the tests did was handed in. */
  readonly runtime?: RuntimeCounts;
  /** What the configuration keeps from being judged although it was measured; foreign text. */
  readonly ignored?: readonly { readonly name: string; readonly reason: string; readonly until?: string }[];
  readonly baseline?: { readonly sha: string; readonly url?: string; readonly distance: number };
  readonly configuration: { readonly path: string; readonly state: "read" | "none" | "invalid"; readonly changedHere: boolean };
  /** Changed files that decide what the results say; absent where there are none. */
  readonly editedHere?: readonly string[];
}
