import type { ZodType } from "zod";
import type { Evidence, EvidenceKind } from "./evidence.js";
import type { Unit } from "./measurement.js";
import type { FileFacts } from "./source.js";
import type { Text } from "./text.js";

/** The lines of the checklist, in the order shown. `gate` items close the merge gate. */
export const checklistItems = [
  "queries/explained",
  "queries/no-n-plus-one",
  "queries/appropriate-indexes",
  "queries/bounded",
  "migrations/safe",
  "algorithms/complexity",
  "algorithms/no-io-in-loops",
  "resources/released",
  "resources/bounded",
  "resources/timeouts",
  "tests/benchmark",
  "tests/load-test",
  "budgets/regressions",
  "budgets/endpoints",
] as const;

export type ChecklistItem = (typeof checklistItems)[number];

/** A line that the team added to the checklist: `own/` and what its text gives. */
export type OwnItem = `own/${string}`;

/** The line that asks somebody to vouch for results that the change's author could have made up. */
export const TRUST_LINE = "evidence/trusted";

/** Any line of a checklist. */
export type LineId = ChecklistItem | OwnItem | typeof TRUST_LINE;

/** `blocking` closes the gate; a `question` is folded under "worth a look" and fails nothing. */
export type Severity = "blocking" | "warning" | "notice" | "question";

/** 1-based, inclusive lines of a file at the head. */
export interface Range {
  readonly path: string;
  readonly line: number;
  readonly endLine?: number;
}

/** What a rule saw, why it matters, and the way to fix it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: Text;
  /** The message in one clause, for a headline; absent where the message is short enough. */
  readonly title?: Text;
  readonly help: Text;
  readonly at?: Range;
  /** What the figure in `measured` is of: the same at each review of a head. Foreign. */
  readonly subject?: string;
  readonly measured?: { readonly actual: number; readonly limit: number; readonly unit: Unit };
  /** Reason given in a `redline-ignore` comment: shown, and fails nothing. */
  readonly suppressed?: string;
}

/** A rule reports these; the review adds its id, and the configured severity replaces the default. */
export type FindingOf = Omit<Finding, "rule">;

export type Section = "queries" | "migrations" | "algorithms" | "resources" | "tests" | "budgets";

/**
 * One rule: pure, sees only the evidence it declares, and answers one line of the checklist.
 * The id is the path of its file below `rules/`.
 */
export interface Rule<K extends EvidenceKind = EvidenceKind, O = unknown> {
  readonly id: `${Section}/${string}`;
  readonly answers: ChecklistItem;
  readonly needs: readonly K[];
  /** Not run unless the configuration gives it a severity: right for some teams, noise for most. */
  readonly off?: true;
  /** The rule's settings, with defaults. */
  readonly options: ZodType<O>;
  check(evidence: Pick<Evidence, K>, options: O): readonly FindingOf[];
  /** Of a rule over source code: whether it has anything to say about a file. */
  readonly reads?: (file: FileFacts) => boolean;
  /** Run in its stead where its evidence is absent: the same rule on other evidence, which tells less. */
  readonly otherwise?: Rule;
}
