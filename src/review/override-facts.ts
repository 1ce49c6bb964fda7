import type { Account, AskKind, LabelIdentity, OverrideRecord, Violation } from "../model/override.js";
import type { Text } from "../model/text.js";
import type { Override } from "../model/verdict.js";

/** Membership of the approving team as GitHub answered; `unknown` is any other answer than yes or no. */
export type Membership = "active" | "pending" | "none" | "unknown";

/** Where a person stands now. `teamId` is GitHub's id of the team, null where there is none. */
export interface Standing {
  readonly membership: Membership;
  readonly teamId: number | null;
}

/** A person's request. All of its times are GitHub's. */
export interface Ask {
  /** Names this one request for ever: a second one of the same person has another. */
  readonly key: string;
  readonly kind: AskKind;
  readonly by: Account;
  /** An App acted in the person's name. */
  readonly viaApp: boolean;
  readonly at: string;
  /** The head that the event names; null where it names none. */
  readonly headSha: string | null;
  readonly label: LabelIdentity | null;
  readonly reason: string | null;
  /** Why this request cannot be believed, whoever made it; null when it can. */
  readonly doubt: Text | null;
}

/** What the configuration says of overrides. */
export interface OverrideRule {
  readonly label: string;
  readonly team: string | null;
  /** Logins that may override where there are no teams. */
  readonly people: readonly string[];
  readonly quorum: number;
  readonly expiresMs: number | null;
  /** A written reason is required. */
  readonly reason: boolean;
}

/** The configured label on the pull request, as far as it is known. */
export interface LabelState {
  /** The label of exactly this name, on the pull request now. */
  readonly present: LabelIdentity | null;
  /** All labels on the pull request: one that was renamed still has its id. */
  readonly all: readonly LabelIdentity[];
  /** The request behind the label that is present. */
  readonly ask: Ask | null;
  /** GitHub's answers do not agree yet: closed, and asked again. */
  readonly unsettled: boolean;
  /** When a person took the label off last; null when nobody did. */
  readonly takenAt: string | null;
}

/** Everybody with a part in the change: none of them approves it. */
export interface Involved {
  readonly author: number | null;
  readonly ids: ReadonlySet<number>;
  /** In lower case: of addresses in commits that name a login and no id. */
  readonly logins: ReadonlySet<string>;
  /** False when not all commits could be read. */
  readonly complete: boolean;
}

/** All that an override depends on. Pure data: the same facts give the same decision. */
export interface OverrideFacts {
  /** By our clock, ISO 8601 in UTC. */
  readonly now: string;
  /** So many milliseconds after a time, as ISO 8601. */
  readonly after: (at: string, ms: number) => string;
  readonly rule: OverrideRule;
  /** Digest of the configuration in force. */
  readonly configuration: string;
  readonly head: string;
  readonly base: { readonly ref: string; readonly sha: string };
  /** Since when, by GitHub's clock, head and base branch are known to be these without a break; null when nobody can tell. */
  readonly since: string | null;
  readonly involved: Involved;
  readonly label: LabelState;
  /** Comments and buttons, oldest first. */
  readonly asks: readonly Ask[];
  /** By account id. Who is missing counts as `unknown`. */
  readonly standings: ReadonlyMap<number, Standing>;
  /** What closes the gate now; empty when nothing does. */
  readonly violations: readonly Violation[];
  /** False for what no override opens: an invalid configuration. */
  readonly overridable: boolean;
  /** What was published before for this head, base branch and configuration: what a person can have seen. Null for nothing. */
  readonly shown: readonly Violation[] | null;
  /** Oldest first. */
  readonly audit: readonly OverrideRecord[];
}

export interface OverrideDecision {
  /** What matters most; null when nobody asked on this head. */
  readonly override: Override | null;
  /** The others of this head, newest first, at most three. */
  readonly others: readonly Override[];
  /** New lines of the audit. */
  readonly records: readonly OverrideRecord[];
  /** The label to be taken off, because it opens nothing; null for none. */
  readonly removeLabel: string | null;
  /** GitHub gave no clear answer: closed now, asked again soon. */
  readonly retry: boolean;
  /** When to look again at the latest: an override is about to end, or ends. ISO 8601. */
  readonly lookAgain: string | null;
}

/** Everything that may be asked about: the label's request and the others, oldest first. */
export const asksOf = ({ label, asks }: OverrideFacts): readonly Ask[] =>
  [...asks, ...(label.ask === null ? [] : [label.ask])].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
