import type { Account, LabelIdentity } from "../model/override.js";
import { text } from "../model/text.js";
import type { Ask, LabelState } from "./override-facts.js";

/** A label put or taken, as its webhook told it. */
export interface LabelTold {
  readonly action: "labeled" | "unlabeled";
  readonly label: string;
  readonly labelId: string;
  readonly actor: Account;
  readonly headSha: string;
  readonly at: string;
}

/** What webhooks told, and whether two times may be those of one act. */
export interface Told {
  /** Oldest first. */
  readonly labels: readonly LabelTold[];
  readonly near: (one: string, other: string) => boolean;
}

interface Who {
  readonly id: number | null;
  readonly login: string;
  readonly type: string;
}

/** What GitHub's own record says, oldest first. A label has the name that it has now. */
export type Happened =
  | { readonly kind: "labeled" | "unlabeled"; readonly at: string; readonly by: Who | null; readonly label: LabelIdentity }
  | { readonly kind: "force-pushed" | "retargeted"; readonly at: string; readonly by: Who | null };

type Labelling = Extract<Happened, { label: LabelIdentity }>;

/** So many of the newest are read: with as many, older ones may be missing. */
export const TIMELINE = 100;

const isLabelling = (event: Happened): event is Labelling => event.kind === "labeled" || event.kind === "unlabeled";

/** What is known of the label: who put it, and whether GitHub's answers agree. */
export interface ReadLabel extends LabelState {
  /** No webhook told of it: GitHub's list of events has to say whether an App did it. */
  readonly missed: boolean;
}

const askOf = (last: Labelling, by: Account, told: LabelTold | undefined, name: string): Ask => ({
  key: `label:${last.label.id}:${by.id}:${last.at}`,
  kind: "label",
  by,
  viaApp: false,
  at: last.at,
  headSha: told?.headSha ?? null,
  label: { id: last.label.id, name },
  reason: null,
  doubt: told !== undefined && told.label !== name ? text`the label was called ${told.label} when it was put` : null,
});

const unproven = (present: LabelIdentity): Ask => ({
  key: `label:${present.id}:unproven`,
  kind: "label",
  by: { id: 0, login: "somebody", type: "User" },
  viaApp: false,
  at: "",
  headSha: null,
  label: present,
  reason: null,
  doubt: text`it is not known who put it on which head; put it again`,
});

/** GitHub's record is the last word; webhooks, which come late, twice or never, only say which head it was. */
function requestOf(present: LabelIdentity, told: Told, timeline: readonly Happened[]): Pick<ReadLabel, "ask" | "unsettled" | "missed"> {
  const last = timeline.filter(isLabelling).findLast(({ label }) => label.id === present.id);
  if (last?.kind !== "labeled") {
    const full = timeline.length >= TIMELINE && last === undefined;
    return { ask: full ? unproven(present) : null, unsettled: !full, missed: false };
  }
  if (last.by === null || last.by.id === null) return { ask: unproven(present), unsettled: false, missed: false };
  const by = { id: last.by.id, login: last.by.login, type: last.by.type };
  const mine = told.labels.findLast(
    (one) => one.action === "labeled" && one.labelId === present.id && one.actor.id === by.id && told.near(one.at, last.at),
  );
  return { ask: askOf(last, by, mine, present.name), unsettled: false, missed: mine === undefined };
}

const asHappened = ({ action, at, actor, labelId, label }: LabelTold): Labelling => ({
  kind: action,
  at,
  by: actor,
  label: { id: labelId, name: label },
});

/** Reads what became of the configured label. Webhooks stand in for GitHub's record where that was not read. */
export function readLabel(name: string, all: readonly LabelIdentity[], told: Told, timeline: readonly Happened[] | null): ReadLabel {
  const happened = timeline ?? told.labels.map(asHappened);
  const present = all.find((label) => label.name === name) ?? null;
  const taken = happened.filter((event) => event.kind === "unlabeled" && event.label.name === name && event.by?.type === "User");
  const shared = { present, all, takenAt: taken.at(-1)?.at ?? null };
  if (present === null) return { ...shared, ask: null, unsettled: false, missed: false };
  return { ...shared, ...requestOf(present, told, happened) };
}

/** Since when head and base branch are these without a break, as far as anybody saw. */
export function knownSince(
  sightings: readonly { readonly at: string; readonly headSha: string; readonly baseRef: string }[],
  timeline: readonly Happened[] | null,
  head: string,
  baseRef: string,
): string | null {
  const same = (seen: (typeof sightings)[number]): boolean => seen.headSha === head && seen.baseRef === baseRef;
  const run = sightings.slice(sightings.findLastIndex((seen) => !same(seen)) + 1);
  // Whoever goes back to an earlier head has to force it, which GitHub keeps even where we were told nothing.
  const broken = (timeline ?? []).filter((event) => !isLabelling(event)).at(-1)?.at ?? "";
  return run.find(({ at }) => at >= broken)?.at ?? null;
}
