import { type Text, text } from "../model/text.js";
import type { Override } from "../model/verdict.js";

/** Membership of the approving team as GitHub answered; `unknown` is any other answer than yes or no. */
export type Membership = "active" | "pending" | "none" | "unknown";

/** A label put or taken, as its webhook told it. */
export interface LabelRequest {
  readonly action: "labeled" | "unlabeled";
  readonly label: string;
  readonly actor: { readonly id: number; readonly login: string; readonly type: string };
  readonly headSha: string;
  readonly at: string;
}

export interface OverrideFacts {
  readonly label: string;
  readonly team: string | null;
  readonly headSha: string;
  readonly authorId: number | null;
  /** Whether the label is on the pull request now. */
  readonly present: boolean;
  /** Oldest first. */
  readonly requests: readonly LabelRequest[];
  /** Of the person who put the label last; null when nobody had to be asked. */
  readonly membership: Membership | null;
  /** What was decided before, oldest first. */
  readonly earlier: readonly Override[];
}

export interface OverrideDecision {
  readonly override: Override | null;
  /** The label is to be taken off: it opens nothing. */
  readonly removeLabel: boolean;
  /** GitHub gave no clear answer: closed now, asked again soon. */
  readonly retry: boolean;
}

const NOTHING: OverrideDecision = { override: null, removeLabel: false, retry: false };

/** The last word on the label; undefined when its webhook never reached us. */
export const lastRequest = (facts: Pick<OverrideFacts, "requests" | "label">): LabelRequest | undefined =>
  facts.requests.filter((request) => request.label === facts.label).at(-1);

/** Why this request opens nothing, before anyone's membership is asked; null when it may. */
export function objection(facts: Omit<OverrideFacts, "membership">, request: LabelRequest): Text | null {
  if (request.actor.type !== "User") return text`${request.actor.login} is not a person`;
  if (request.actor.id === facts.authorId) return text`${request.actor.login} is the author of this pull request`;
  if (request.headSha !== facts.headSha)
    return text`it was put on ${request.headSha.slice(0, 7)}, and the head is now ${facts.headSha.slice(0, 7)}`;
  if (facts.earlier.some((before) => before.status === "void" && before.at === request.at)) return text`it has ended; put it again`;
  if (facts.team === null) return text`the configuration names no team under require_approval`;
  return null;
}

const absent = (facts: OverrideFacts): OverrideDecision => {
  const before = facts.earlier.at(-1);
  if (!before) return NOTHING;
  if (before.status !== "granted") return { ...NOTHING, override: before.sha === facts.headSha ? before : null };
  const reason = before.sha === facts.headSha ? text`the label was taken off` : text`a new head was pushed`;
  return { ...NOTHING, override: { status: "void", by: before.by, at: before.at, sha: before.sha, label: before.label, reason } };
};

const refuse = (facts: OverrideFacts, request: LabelRequest, reason: Text): OverrideDecision => {
  const before = facts.earlier.at(-1);
  const lapsed = before?.status === "granted" && before.at === request.at;
  return {
    override: {
      status: lapsed ? "void" : "refused",
      by: request.actor.login,
      at: request.at,
      sha: request.headSha,
      label: request.label,
      reason,
    },
    removeLabel: true,
    retry: false,
  };
};

const unproven = (facts: OverrideFacts): OverrideDecision => ({
  override: {
    status: "refused",
    by: "somebody",
    at: "",
    sha: facts.headSha,
    label: facts.label,
    reason: text`it is not known who put it on which head; put it again`,
  },
  removeLabel: true,
  retry: false,
});

const byMembership = (facts: OverrideFacts, request: LabelRequest, team: string): OverrideDecision => {
  const person = request.actor.login;
  if (facts.membership === "active") {
    const granted: Override = {
      status: "granted",
      by: person,
      at: request.at,
      sha: request.headSha,
      team,
      label: request.label,
      covers: [],
    };
    return { ...NOTHING, override: granted };
  }
  if (facts.membership === "pending") return refuse(facts, request, text`${person} has not yet accepted the invitation to ${team}`);
  if (facts.membership === "none") return refuse(facts, request, text`${person} is not a member of ${team}`);
  const waiting = refuse(facts, request, text`the membership of ${person} in ${team} could not be read; it will be tried again`);
  return { ...waiting, removeLabel: false, retry: true };
};

/**
 * A label is only a request. It becomes an override when a person who is not the author put it on this
 * very head and is an active member of the team at this moment. Everything else leaves the gate closed.
 */
export function judgeOverride(facts: OverrideFacts): OverrideDecision {
  if (!facts.present) return absent(facts);
  const request = lastRequest(facts);
  if (request?.action !== "labeled") return unproven(facts);
  const reason = objection(facts, request);
  if (reason) return refuse(facts, request, reason);
  return byMembership(facts, request, facts.team ?? "");
}
