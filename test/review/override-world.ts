import type { LabelIdentity, OverrideRecord, Violation } from "../../src/model/override.js";
import type { Ask, Membership, OverrideDecision, OverrideFacts } from "../../src/review/override-facts.js";
import { type Happened, knownSince, type LabelTold, readLabel } from "../../src/review/override-label.js";

/** A small GitHub with one pull request, what the App knows of it, and beside it the truth: who really asked for what. */

export const NAME = "perf-override";
const TEAM_ID = 3;

export const people = {
  member: { id: 7, login: "maria", type: "User" },
  second: { id: 8, login: "sam", type: "User" },
  author: { id: 1, login: "dev", type: "User" },
  coauthor: { id: 2, login: "coco", type: "User" },
  pusher: { id: 4, login: "pat", type: "User" },
  pending: { id: 5, login: "pia", type: "User" },
  stranger: { id: 9, login: "eve", type: "User" },
  bot: { id: 10, login: "labeler", type: "Bot" },
  app: { id: 7, login: "maria", type: "User" },
} as const;

export type Role = keyof typeof people;

/** What a person really did, and what they had before them. */
interface Deed {
  readonly person: number;
  readonly honest: boolean;
  readonly kind: "label" | "command";
  /** Pushes and retargets so far: any further one ends it. */
  readonly epoch: number;
  readonly labels: number;
  readonly taken: number;
  readonly configuration: string;
  /** The figure that the check showed; null when it showed none of this head. */
  readonly seen: number | null;
}

interface Published {
  readonly base: string;
  readonly configuration: string;
  readonly worth: number;
}

export interface World {
  readonly time: number;
  readonly head: string;
  readonly base: string;
  readonly configuration: string;
  readonly worth: number;
  readonly team: Membership;
  readonly updated: string;
  /** When head or base branch was moved last. */
  readonly moved: string;
  readonly label: { readonly id: string; readonly viaApp: boolean } | null;
  readonly epoch: number;
  readonly labels: number;
  readonly taken: number;
  readonly timeline: readonly Happened[];
  readonly told: readonly LabelTold[];
  readonly sightings: readonly { readonly at: string; readonly headSha: string; readonly baseRef: string }[];
  readonly asks: readonly Ask[];
  /** The last verdict on each head. */
  readonly published: Readonly<Record<string, Published>>;
  readonly audit: readonly OverrideRecord[];
  readonly deeds: readonly Deed[];
}

export interface Rules {
  readonly quorum: number;
  /** The App's removal of a label is lost. */
  readonly stuck: boolean;
  readonly judge: (facts: OverrideFacts) => OverrideDecision;
}

/** What a reconcile came to, and whether it may have opened the gate. */
export interface Step {
  readonly world: World;
  readonly opened: boolean;
  readonly allowed: boolean;
}

export const iso = (time: number): string => `2026-01-05T09:${String(time + 100).slice(1)}:00Z`;

/** What the check of the present head shows; null where it shows nothing, or what another base or configuration gave. */
function shownNow({ published, head, base, configuration }: World): number | null {
  const shown = published[head];
  return shown?.base === base && shown.configuration === configuration ? shown.worth : null;
}

const violation = (worth: number): Violation => ({ key: "budget", worth, text: ["budget"] });

const labelOf = ({ label }: World): readonly LabelIdentity[] => (label === null ? [] : [{ id: label.id, name: NAME }]);

function factsOf(world: World, { quorum }: Rules): OverrideFacts {
  const { head, base, configuration, team } = world;
  const shown = shownNow(world);
  const label = readLabel(NAME, labelOf(world), { labels: world.told, near: (one, other) => one === other }, world.timeline);
  const ask = label.ask && { ...label.ask, viaApp: world.label?.viaApp === true && label.missed };
  const standing = (membership: Membership) => ({ membership, teamId: membership === "active" ? TEAM_ID : null });
  const inTeam = [people.author, people.coauthor, people.pusher, people.second, people.bot].map(
    ({ id }) => [id, standing("active")] as const,
  );
  return {
    now: iso(world.time),
    after: (at) => at,
    rule: { label: NAME, team: "perf-team", people: [], quorum, expiresMs: null, reason: false },
    configuration,
    head,
    base: { ref: base, sha: "tip" },
    since: knownSince(world.sightings, world.timeline, head, base),
    involved: { author: people.author.id, ids: new Set([people.coauthor.id, people.pusher.id]), logins: new Set(), complete: true },
    label: { ...label, ask },
    asks: world.asks,
    standings: new Map([
      ...inTeam,
      [people.member.id, standing(team)],
      [people.pending.id, standing("pending")],
      [people.stranger.id, standing("none")],
    ]),
    violations: [violation(world.worth)],
    overridable: true,
    shown: shown === null ? null : [violation(shown)],
    audit: world.audit,
  };
}

/** Nothing that the deed rested on has changed. `unknown` is no change: nobody said no. */
export const stands = (world: World, deed: Deed): boolean =>
  deed.honest &&
  deed.epoch === world.epoch &&
  (deed.kind === "label" ? deed.labels === world.labels : deed.taken === world.taken) &&
  deed.configuration === world.configuration &&
  deed.seen !== null &&
  world.worth <= deed.seen &&
  (deed.person !== people.member.id || world.team === "active" || world.team === "unknown");

const counts = (world: World, deed: Deed): boolean => deed.person !== people.member.id || world.team === "active";

/** Reads what is there, judges, publishes, and takes a label off that opens nothing. */
export function reconcile(before: World, rules: Rules): Step {
  const unseen = knownSince(before.sightings, before.timeline, before.head, before.base) === null;
  const sighting = { at: before.updated, headSha: before.head, baseRef: before.base };
  const world = { ...before, sightings: unseen ? [...before.sightings, sighting] : before.sightings };
  const decision = rules.judge(factsOf(world, rules));
  const deeds = world.deeds.filter((deed) => stands(world, deed));
  const agreeing = new Set(deeds.filter((deed) => counts(world, deed)).map(({ person }) => person));
  const { head, base, configuration, worth } = world;
  const after = {
    ...world,
    deeds,
    audit: [...world.audit, ...decision.records],
    published: { ...world.published, [head]: { base, configuration, worth } },
  };
  const removed = decision.removeLabel !== null && !rules.stuck;
  return {
    world: removed ? takeOff(after, people.bot, false) : after,
    opened: decision.override?.status === "granted",
    allowed: agreeing.size >= rules.quorum,
  };
}

const now = (world: World): { readonly time: number; readonly at: string } => ({ time: world.time + 1, at: iso(world.time + 1) });

const seen = (world: World, at: string, delivered: boolean): World["sightings"] =>
  delivered ? [...world.sightings, { at, headSha: world.head, baseRef: world.base }] : world.sightings;

function takeOff(world: World, by: (typeof people)[Role], byPerson: boolean): World {
  if (world.label === null) return world;
  const { time, at } = now(world);
  const event: Happened = { kind: "unlabeled", at, by, label: { id: world.label.id, name: NAME } };
  const counters = { labels: world.labels + 1, taken: world.taken + (byPerson ? 1 : 0) };
  return { ...world, ...counters, time, updated: at, label: null, timeline: [...world.timeline, event] };
}

export const unlabel = (world: World): World => takeOff(world, people.stranger, true);

const deedOf = (world: World, role: Role, kind: Deed["kind"]): Deed => ({
  person: people[role].id,
  honest: role === "member" || role === "second",
  kind,
  epoch: world.epoch,
  labels: world.labels,
  taken: world.taken,
  configuration: world.configuration,
  seen: shownNow(world),
});

/** `hasty`: in the same second as what came before, so that nobody can have looked. */
export function putLabel(world: World, role: Role, delivered: boolean, hasty = false): World {
  if (world.label !== null) return world;
  const { time, at } = hasty ? { time: world.time, at: iso(world.time) } : now(world);
  const by = people[role];
  const label = { id: "L1", name: NAME };
  const told: LabelTold = { action: "labeled", label: NAME, labelId: label.id, actor: by, headSha: world.head, at };
  const deed = deedOf(world, role, "label");
  return {
    ...world,
    time,
    updated: at,
    label: { id: label.id, viaApp: role === "app" },
    timeline: [...world.timeline, { kind: "labeled", at, by, label }],
    told: delivered ? [...world.told, told] : world.told,
    sightings: seen(world, at, delivered),
    deeds: [...world.deeds, { ...deed, honest: deed.honest && world.moved < at }],
  };
}

export function command(world: World, role: Role): World {
  if (world.asks.length >= 2) return world;
  const { time, at } = now(world);
  const ask: Ask = {
    key: `comment:${time}`,
    kind: "command",
    by: people[role],
    viaApp: false,
    at,
    headSha: null,
    label: null,
    reason: null,
    doubt: null,
  };
  return { ...world, time, updated: at, asks: [...world.asks, ask], deeds: [...world.deeds, deedOf(world, role, "command")] };
}

/** A new head, or back to the first one by force; the deeds before it are over. */
export function push(world: World, back: boolean, delivered: boolean): World {
  if (back && world.head === "first") return world;
  const { time, at } = now(world);
  const moved = { ...world, time, updated: at, moved: at, head: back ? "first" : `h${time}`, epoch: world.epoch + 1 };
  const forced: Happened[] = back ? [{ kind: "force-pushed", at, by: people.author }] : [];
  return { ...moved, timeline: [...world.timeline, ...forced], sightings: seen(moved, at, delivered) };
}

export function retarget(world: World, delivered: boolean): World {
  const { time, at } = now(world);
  const moved = { ...world, time, updated: at, moved: at, base: world.base === "main" ? "release" : "main", epoch: world.epoch + 1 };
  const event: Happened = { kind: "retargeted", at, by: people.author };
  return { ...moved, timeline: [...world.timeline, event], sightings: seen(moved, at, delivered) };
}

export const start: World = {
  time: 1,
  head: "first",
  base: "main",
  configuration: "c1",
  worth: 2,
  team: "active",
  updated: iso(1),
  moved: iso(1),
  label: null,
  epoch: 0,
  labels: 0,
  taken: 0,
  timeline: [],
  told: [],
  sightings: [{ at: iso(1), headSha: "first", baseRef: "main" }],
  asks: [],
  published: { first: { base: "main", configuration: "c1", worth: 2 } },
  audit: [],
  deeds: [],
};
