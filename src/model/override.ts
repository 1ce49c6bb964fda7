import type { Text } from "./text.js";

/** How a person asked: by the label, by a comment, or by the check's button. */
export type AskKind = "label" | "command" | "button";

/** A person, App or bot as GitHub names it. */
export interface Account {
  readonly id: number;
  readonly login: string;
  /** GitHub's: `User`, `Bot`, … */
  readonly type: string;
}

/** One reason why the gate is closed, in a form that later reviews of the same head can be held against. */
export interface Violation {
  /** What it is about: the same in each review in which it shows up. */
  readonly key: string;
  /** Its figure, larger is worse; null where it has none. */
  readonly worth: number | null;
  readonly text: Text;
}

/** A label by its node id, which a rename keeps and a new label of the same name does not have. */
export interface LabelIdentity {
  readonly id: string;
  readonly name: string;
}

/** A line of the audit: what became of a person's request. Times are ISO 8601 in UTC. */
export interface OverrideRecord {
  /** Names the request; each is granted at most once and ends for good. */
  readonly ask: string;
  readonly kind: AskKind;
  readonly status: "granted" | "refused" | "void";
  readonly by: { readonly id: number; readonly login: string };
  /** By GitHub's clock. */
  readonly askedAt: string;
  /** When it was decided, by our clock. */
  readonly at: string;
  /** The head that it was for. */
  readonly sha: string;
  /** The head when it was decided: another one after a push. */
  readonly on: string;
  readonly base: { readonly ref: string; readonly sha: string };
  /** Digest of the configuration in force. */
  readonly configuration: string;
  readonly team: string | null;
  readonly teamId: number | null;
  /** Null where no label was put. */
  readonly label: LabelIdentity | null;
  /** What the person had before them, and nothing else. */
  readonly covers: readonly Violation[];
  /** What the person gave as the reason. Foreign. */
  readonly reason: string | null;
  readonly expires: string | null;
  /** From when on people are told that it ends soon. */
  readonly notice: string | null;
  /** Why it was refused, or why it ended; null while it holds. */
  readonly why: Text | null;
}
