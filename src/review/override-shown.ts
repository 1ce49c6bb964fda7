import type { OverrideRecord } from "../model/override.js";
import { text } from "../model/text.js";
import type { Override } from "../model/verdict.js";
import type { Ask, OverrideFacts } from "./override-facts.js";

/** Lines of other requests that are shown. */
const OTHERS = 3;

const asked = (record: OverrideRecord, facts: OverrideFacts) => ({
  by: record.by.login,
  at: record.askedAt,
  sha: record.sha,
  label: record.label?.name ?? facts.rule.label,
  ...(record.kind !== "label" && { how: record.kind }),
  ...(record.reason !== null && { said: record.reason }),
});

const past = (record: OverrideRecord, facts: OverrideFacts): Override => ({
  ...asked(record, facts),
  status: record.status === "refused" ? "refused" : "void",
  reason: record.why ?? [],
});

/** The override that these people's requests make together; undefined without any. The first of them stands for all. */
function together(facts: OverrideFacts, live: readonly OverrideRecord[]): Override | undefined {
  const [first, ...rest] = live;
  if (!first) return undefined;
  const { quorum, team } = facts.rule;
  const ends = live.flatMap(({ expires }) => (expires === null ? [] : [expires])).sort()[0];
  const soon = live.some(({ notice }) => notice !== null && notice <= facts.now);
  return {
    ...asked(first, facts),
    status: live.length >= quorum ? "granted" : "waiting",
    team: team ?? "the configuration's list",
    covers: first.covers.map((violation) => violation.text),
    ...(quorum > 1 && { needed: quorum, with: rest.map(({ by }) => by.login) }),
    ...(ends !== undefined && { expires: ends }),
    ...(soon && { endsSoon: true }),
  };
}

const undecided = (facts: OverrideFacts, ask: Ask | undefined): Override | undefined => {
  const { rule, head, label } = facts;
  if (ask) {
    const reason = text`the membership of ${ask.by.login} in ${rule.team ?? "the list"} could not be read; it will be tried again`;
    return {
      status: "refused",
      by: ask.by.login,
      at: ask.at,
      sha: head,
      label: rule.label,
      ...(ask.kind !== "label" && { how: ask.kind }),
      reason,
    };
  }
  if (!label.unsettled || label.present === null) return undefined;
  const reason = text`GitHub does not say yet who put it; it will be asked again`;
  return { status: "refused", by: "somebody", at: "", sha: head, label: rule.label, reason };
};

/** What the report says: the override in force or in the making first, then what was refused or ended on this head. */
export function shown(
  facts: OverrideFacts,
  live: readonly OverrideRecord[],
  dead: readonly OverrideRecord[],
  unanswered: Ask | undefined,
): { readonly override: Override | null; readonly others: readonly Override[] } {
  const here = dead.filter(({ on }) => on === facts.head).toReversed();
  const current = together(facts, live);
  const all = [current, undecided(facts, unanswered), ...here.map((record) => past(record, facts))].filter((one) => one !== undefined);
  const [override = null, ...others] = all;
  return { override, others: others.slice(0, OTHERS) };
}
