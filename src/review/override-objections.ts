import type { OverrideRecord, Violation } from "../model/override.js";
import { type Text, text } from "../model/text.js";
import type { Ask, Involved, OverrideFacts, Standing } from "./override-facts.js";

const short = (sha: string): string => sha.slice(0, 7);

const holds = (covered: number | null, now: number | null): boolean =>
  covered === null || now === null ? covered === now : now <= covered;

/** The first violation that is not among the recorded ones, or is worse than recorded. */
export const uncovered = (violations: readonly Violation[], covers: readonly Violation[]): Violation | undefined =>
  violations.find(({ key, worth }) => !covers.some((covered) => covered.key === key && holds(covered.worth, worth)));

/** Why this account has a part in the change; null when it has none that anybody knows of. */
function part(login: string, id: number, involved: Involved): Text | null {
  if (id === involved.author) return text`${login} is the author of this pull request`;
  if (involved.ids.has(id) || involved.logins.has(login.toLowerCase()))
    return text`${login} has a part in it: as author, committer or co-author of one of its commits, or by pushing them`;
  return involved.complete ? null : text`not all of its commits could be read, so that nobody can be shown to have no part in them`;
}

/** Why the person cannot have meant what is judged now. */
function unseen(facts: OverrideFacts, ask: Ask): Text | null {
  const { head, since, label, shown, violations } = facts;
  if (ask.headSha !== null && ask.headSha !== head) return text`it was for ${short(ask.headSha)}, and the head is now ${short(head)}`;
  if (since === null || since >= ask.at)
    return text`it cannot be shown that ${short(head)} was there to be seen before it; look at this head and ask again`;
  if (ask.kind !== "label" && label.takenAt !== null && label.takenAt >= ask.at) return text`the label was taken off since`;
  if (shown === null) return text`no review of this head had been published before it; look at this one and ask again`;
  const more = uncovered(violations, shown);
  return more ? text`something else closes the gate than was shown before it: ${more.text}; look again and ask again` : null;
}

/** Why a new request opens nothing, before anyone's membership is asked; null when it may. */
export function objection(facts: OverrideFacts, ask: Ask): Text | null {
  const { rule, involved, violations, overridable } = facts;
  const { login, id, type } = ask.by;
  if (type !== "User") return text`${login} is not a person`;
  if (ask.viaApp) return text`an App did it in the name of ${login}`;
  const of = part(login, id, involved);
  if (of !== null) return of;
  if (rule.team === null && rule.people.length === 0) return text`the configuration names no team under require_approval`;
  if (ask.doubt !== null) return ask.doubt;
  if (!overridable) return text`the configuration is invalid, and no override opens that`;
  if (violations.length === 0) return text`nothing closes the gate, so that there is nothing to override`;
  if (rule.reason && ask.reason === null) return text`a reason is required: write \`/redline override\` and the reason in a comment`;
  return unseen(facts, ask);
}

function labelEnded({ label }: OverrideFacts, record: OverrideRecord): Text | null {
  if (record.kind !== "label" || record.label === null) return null;
  const { id } = record.label;
  if (label.present?.id === id) {
    const again = label.ask !== null && label.ask.key !== record.ask;
    return again ? text`the label was taken off and put again` : null;
  }
  const renamed = label.all.find((one) => one.id === id);
  if (renamed) return text`the label was renamed to ${renamed.name}`;
  return label.present ? text`the label is another one of the same name` : text`the label was taken off`;
}

function moved({ head, since, base, configuration }: OverrideFacts, record: OverrideRecord): Text | null {
  if (record.sha !== head) return text`a new head was pushed`;
  if (record.base.ref !== base.ref) return text`the base branch is now ${base.ref}`;
  if (since === null || since >= record.askedAt) return text`head or base branch was another one meanwhile`;
  return record.configuration === configuration ? null : text`the configuration changed`;
}

/** Why an override that was granted ends now, whoever gave it; null when it may hold. */
export function ending(facts: OverrideFacts, record: OverrideRecord): Text | null {
  const { now, involved, label, violations, asks } = facts;
  const early = moved(facts, record) ?? labelEnded(facts, record);
  if (early !== null) return early;
  if (label.takenAt !== null && label.takenAt >= record.askedAt) return text`the label was taken off`;
  const doubt = asks.find(({ key }) => key === record.ask)?.doubt;
  if (doubt) return doubt;
  if (record.expires !== null && now >= record.expires) return text`its time is over`;
  const of = part(record.by.login, record.by.id, involved);
  if (of !== null) return of;
  const more = uncovered(violations, record.covers);
  return more ? text`it does not cover what closes the gate now: ${more.text}` : null;
}

const noMember = (login: string, team: string | null, membership: "pending" | "none"): Text => {
  if (team === null) return text`${login} is not among those who may override here`;
  return membership === "pending"
    ? text`${login} has not yet accepted the invitation to ${team}`
    : text`${login} is not a member of ${team}`;
};

/** Why this standing approves nothing; null for an active member, and for one that nobody could ask. */
export function standingAgainst(facts: OverrideFacts, login: string, standing: Standing, record?: OverrideRecord): Text | null {
  const { team } = facts.rule;
  if (standing.membership === "unknown") return null;
  if (standing.membership !== "active") return noMember(login, team, standing.membership);
  const other = record !== undefined && record.teamId !== null && record.teamId !== standing.teamId;
  return other ? text`${team ?? ""} is another team now` : null;
}
