import type { OverrideRecord } from "../model/override.js";
import type { Text } from "../model/text.js";
import { type Ask, asksOf, type OverrideDecision, type OverrideFacts, type Standing } from "./override-facts.js";
import { ending, objection, standingAgainst } from "./override-objections.js";
import { shown } from "./override-shown.js";

const DAY_MS = 86_400_000;

const UNKNOWN: Standing = { membership: "unknown", teamId: null };

/** The last line of each request: what became of it. */
const fates = (audit: readonly OverrideRecord[]): ReadonlyMap<string, OverrideRecord> =>
  new Map(audit.map((record) => [record.ask, record]));

/** Requests that nobody decided on yet. One that was refused or has ended stays so, whatever happens. */
const fresh = (facts: OverrideFacts): readonly Ask[] => {
  const known = fates(facts.audit);
  return asksOf(facts).filter(({ key }) => !known.has(key));
};

/** Requests that were granted and have not ended, as far as was decided. */
export const granted = (audit: readonly OverrideRecord[]): readonly OverrideRecord[] =>
  [...fates(audit).values()].filter(({ status }) => status === "granted");

/** Whose standing matters: those against whose request nothing else speaks. By account id, with their logins. */
export function peopleToAsk(facts: OverrideFacts): ReadonlyMap<number, string> {
  const askers = fresh(facts).filter((ask) => objection(facts, ask) === null);
  const givers = granted(facts.audit).filter((record) => ending(facts, record) === null);
  return new Map([...givers, ...askers].map(({ by }) => [by.id, by.login]));
}

/** People are told a day before the end, or when half of a shorter time is over. */
function lifetime({ now, after, rule: { expiresMs } }: OverrideFacts): Pick<OverrideRecord, "expires" | "notice"> {
  if (expiresMs === null) return { expires: null, notice: null };
  return { expires: after(now, expiresMs), notice: after(now, expiresMs - Math.min(DAY_MS, expiresMs / 2)) };
}

function grant(facts: OverrideFacts, ask: Ask, { teamId }: Standing): OverrideRecord {
  const { now, rule, head, base, configuration, violations } = facts;
  return {
    ask: ask.key,
    kind: ask.kind,
    status: "granted",
    by: { id: ask.by.id, login: ask.by.login },
    askedAt: ask.at,
    at: now,
    sha: head,
    on: head,
    base,
    configuration,
    team: rule.team,
    teamId,
    label: ask.label,
    covers: violations,
    reason: ask.reason,
    ...lifetime(facts),
    why: null,
  };
}

const refuse = (facts: OverrideFacts, ask: Ask, why: Text): OverrideRecord => ({
  ...grant(facts, ask, UNKNOWN),
  status: "refused",
  sha: ask.headSha ?? facts.head,
  expires: null,
  notice: null,
  why,
});

const end = (facts: OverrideFacts, record: OverrideRecord, why: Text): OverrideRecord => ({
  ...record,
  status: "void",
  at: facts.now,
  on: facts.head,
  why,
});

const standingOf = (facts: OverrideFacts, id: number): Standing => facts.standings.get(id) ?? UNKNOWN;

/** What a new request becomes; null while GitHub gives no clear answer. */
function decideNew(facts: OverrideFacts, ask: Ask): OverrideRecord | null {
  const against = objection(facts, ask);
  if (against !== null) return refuse(facts, ask, against);
  const standing = standingOf(facts, ask.by.id);
  const outside = standingAgainst(facts, ask.by.login, standing);
  if (outside !== null) return refuse(facts, ask, outside);
  return standing.membership === "active" ? grant(facts, ask, standing) : null;
}

/** The line that ends an override; null while it lasts. */
function decideOld(facts: OverrideFacts, record: OverrideRecord): OverrideRecord | null {
  const why = ending(facts, record) ?? standingAgainst(facts, record.by.login, standingOf(facts, record.by.id), record);
  return why === null ? null : end(facts, record, why);
}

/** GitHub has said all that has to be known of it. */
const isSure = (facts: OverrideFacts, { kind, by }: OverrideRecord): boolean =>
  standingOf(facts, by.id).membership === "active" && !(kind === "label" && facts.label.unsettled);

/** A person counts once, however often and in whichever way they asked. */
const distinct = (records: readonly OverrideRecord[]): readonly OverrideRecord[] =>
  [...new Map(records.toReversed().map((record) => [record.by.id, record])).values()].toReversed();

const lookAgain = ({ now }: OverrideFacts, live: readonly OverrideRecord[]): string | null =>
  live
    .flatMap((record) => [record.notice, record.expires])
    .filter((at) => at !== null && at > now)
    .sort()[0] ?? null;

/**
 * What became of everybody's requests. Each is granted at most once: to a person with no part in the change who is an
 * active member of the team now, for the head, base branch and configuration of that moment, and for the violations
 * that were shown then. It ends for good with the first of these that is no longer so. Everything else leaves the gate
 * closed.
 */
export function judgeOverride(facts: OverrideFacts): OverrideDecision {
  const old = granted(facts.audit);
  const ended = old.flatMap((record) => decideOld(facts, record) ?? []);
  const asks = fresh(facts);
  const decided = asks.map((ask) => decideNew(facts, ask));
  const records = [...ended, ...decided.filter((record) => record !== null)];
  const over = new Set(ended.map(({ ask }) => ask));
  const lasting = [...old.filter(({ ask }) => !over.has(ask)), ...records.filter(({ status }) => status === "granted")];
  const sure = lasting.filter((record) => isSure(facts, record));
  const live = distinct(sure);
  const waiting =
    asks.find((_, index) => decided[index] === null) ??
    asksOf(facts).find(({ key }) => lasting.some((record) => record.ask === key && !sure.includes(record)));
  const dead = [...fates([...facts.audit, ...records]).values()].filter(({ status }) => status !== "granted");
  const { label } = facts;
  const opens =
    label.unsettled || label.ask === null || label.ask.key === waiting?.key || lasting.some(({ ask }) => ask === label.ask?.key);
  return {
    ...shown(facts, live, dead, waiting),
    records,
    removeLabel: label.present === null || opens ? null : label.present.name,
    retry: waiting !== undefined || lasting.length > sure.length || (label.unsettled && label.present !== null),
    lookAgain: lookAgain(facts, live),
  };
}
