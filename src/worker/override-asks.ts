import { readComment } from "../github/comments.js";
import type { PullFacts } from "../github/facts.js";
import { listLabellings } from "../github/labels.js";
import type { OverrideRecord } from "../model/override.js";
import { type Text, text } from "../model/text.js";
import type { Ask, LabelState } from "../review/override-facts.js";
import { readLabel } from "../review/override-label.js";
import type { OverrideAsk } from "../store/override-types.js";
import type { PullPlace } from "./pull-place.js";

/** GitHub's times of one act, in its record and in its webhook, differ by this at most. */
const SAME_ACT_MS = 5_000;

const near = (one: string, other: string): boolean => Math.abs(Date.parse(one) - Date.parse(other)) <= SAME_ACT_MS;

const isDecided = (audit: readonly OverrideRecord[], key: string): boolean => audit.some(({ ask }) => ask === key);

/** No webhook told of this label: GitHub's list of events says whether it was called so then, and whether an App put it. */
async function listed({ github, known }: PullPlace, ask: Ask): Promise<Ask> {
  const found = (await listLabellings(github, known, known.number)).findLast(({ actorId, at }) => actorId === ask.by.id && at === ask.at);
  if (found?.label === ask.label?.name) return { ...ask, viaApp: found?.viaApp ?? true };
  return { ...ask, doubt: text`it is not known under which name the label was put; put it again` };
}

/** The configured label, and the request behind it as far as it can be believed. */
export async function believedLabel(
  place: PullPlace,
  facts: PullFacts,
  name: string,
  audit: readonly OverrideRecord[],
): Promise<LabelState> {
  const labels = await place.dependencies.store.pulls.labels(place.known);
  const label = readLabel(name, facts.labels, { labels, near }, facts.timeline);
  if (!label.missed || label.ask === null || isDecided(audit, label.ask.key)) return label;
  return { ...label, ask: await listed(place, label.ask) };
}

const GONE = text`the comment is gone`;

/** A comment is believed as it stands: what was written into it later, and what is gone, asks for nothing. */
async function doubtOf({ github, known }: PullPlace, ask: OverrideAsk): Promise<{ readonly doubt: Text | null; readonly viaApp: boolean }> {
  const id = Number(ask.key.split(":")[1]);
  const comment = await readComment(github, known, id);
  if (comment === null) return { doubt: GONE, viaApp: false };
  const own = comment.userId === ask.by.id;
  if (comment.edited || !own) return { doubt: text`the comment was changed after it was written; write a new one`, viaApp: comment.viaApp };
  return { doubt: null, viaApp: comment.viaApp };
}

async function believed(place: PullPlace, asked: OverrideAsk & { readonly withdrawn: boolean }, decided: boolean): Promise<Ask> {
  const { withdrawn, ...ask } = asked;
  const base = { ...ask, label: null, viaApp: false, doubt: withdrawn ? GONE : null };
  return ask.kind === "command" && !withdrawn && !decided ? { ...base, ...(await doubtOf(place, ask)) } : base;
}

/** What was asked for by comments and buttons. A comment that nobody decided on yet is read again: an event may be an old one. */
export async function believedAsks(place: PullPlace, audit: readonly OverrideRecord[]): Promise<readonly Ask[]> {
  const asks = await place.dependencies.store.overrides.asks(place.known);
  return Promise.all(asks.map((ask) => believed(place, ask, isDecided(audit, ask.key))));
}
