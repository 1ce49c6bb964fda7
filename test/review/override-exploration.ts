import type { OverrideRecord } from "../../src/model/override.js";
import type { Ask } from "../../src/review/override-facts.js";
import { type Happened, knownSince } from "../../src/review/override-label.js";
import {
  command,
  iso,
  people,
  push,
  putLabel,
  type Role,
  type Rules,
  reconcile,
  retarget,
  type Step,
  start,
  unlabel,
  type World,
} from "./override-world.js";

/** What can happen next. What is delivered is reconciled at once, what is missed with whatever comes after it. */
export interface Action {
  readonly name: string;
  readonly delivered: boolean;
  readonly act: (world: World) => World;
}

const both = (name: string, act: (world: World, delivered: boolean) => World): readonly Action[] => [
  { name, delivered: true, act: (world) => act(world, true) },
  { name: `${name}, missed`, delivered: false, act: (world) => act(world, false) },
];

const told = (name: string, act: (world: World) => World): Action => ({ name, delivered: true, act });
const quiet = (name: string, act: (world: World) => World): Action => ({ name, delivered: false, act });

const labelledBy = (role: Role): readonly Action[] => both(`label by ${role}`, (world, delivered) => putLabel(world, role, delivered));

export const actions: readonly Action[] = [
  ...both("push", (world, delivered) => push(world, false, delivered)),
  ...both("push back to the first head", (world, delivered) => push(world, true, delivered)),
  ...(["member", "author", "coauthor", "pusher", "pending", "stranger", "bot"] as const).flatMap(labelledBy),
  quiet("label by an App in a member's name, missed", (world) => putLabel(world, "app", false)),
  told("label by member in the second of what came before", (world) => putLabel(world, "member", true, true)),
  ...both("unlabel", unlabel),
  ...both("retarget", retarget),
  told("rerun better", (world) => ({ ...world, worth: Math.max(1, world.worth - 1) })),
  told("rerun worse", (world) => ({ ...world, worth: Math.min(3, world.worth + 1) })),
  quiet("member leaves or joins the team", (world) => ({ ...world, team: world.team === "active" ? "none" : "active" })),
  quiet("GitHub does not answer about the team", (world) => ({ ...world, team: "unknown" })),
  told("command by member", (world) => command(world, "member")),
  told("command by another member", (world) => command(world, "second")),
  told("command by author", (world) => command(world, "author")),
  told("configuration changes", (world) => ({ ...world, configuration: world.configuration === "c1" ? "c2" : "c1" })),
  told("net", (world) => world),
];

const isLabelling = (event: Happened): boolean => event.kind === "labeled" || event.kind === "unlabeled";

/** The last line of each request that can still be asked about or has not ended: nothing else is looked up. */
function remembered({ audit, asks, timeline }: World): readonly OverrideRecord[] {
  const last = new Map(audit.map((record) => [record.ask, { ...record, why: null, at: "", on: "" }]));
  const label = timeline.filter(isLabelling).at(-1)?.at ?? "";
  const askable = (key: string): boolean =>
    key.startsWith("label:") ? key.endsWith(label) && label !== "" : asks.some((ask) => ask.key === key);
  return [...last.values()].filter(({ status, ask }) => status === "granted" || askable(ask));
}

/** Whoever may never override is refused again and again: an answer given need not be remembered. */
const isOpen = ({ audit }: World, { key, by }: Ask): boolean =>
  by.id === people.member.id || by.id === people.second.id || !audit.some(({ ask }) => ask === key);

const NEVER = iso(0);

/**
 * The same world without what can no longer matter, so that many ways to it are one: of sightings only the one that
 * proves the head (every way back to an earlier head is a new break), of the timeline only what the label's reader asks.
 */
function pruned(world: World): World {
  const labelling = world.label === null ? undefined : world.timeline.filter(isLabelling).at(-1);
  const asks = world.asks.filter((ask) => isOpen(world, ask));
  const taken = world.timeline.filter((event) => event.kind === "unlabeled" && event.by?.type === "User").at(-1);
  const since = knownSince(world.sightings, world.timeline, world.head, world.base);
  const timeline = world.timeline.filter((event) => event === labelling || (event === taken && asks.some(({ at }) => at <= taken.at)));
  const deeds = world.deeds.filter(
    (deed) =>
      deed.honest &&
      deed.seen !== null &&
      deed.epoch === world.epoch &&
      (deed.kind === "label" ? deed.labels === world.labels : deed.taken === world.taken),
  );
  const { head, base, published } = world;
  return {
    ...world,
    timeline,
    asks,
    told: world.told.filter(({ at }) => at === labelling?.at),
    sightings: since === null ? [] : [{ at: since, headSha: head, baseRef: base }],
    updated: since === null ? world.updated : NEVER,
    moved: world.moved === iso(world.time) ? world.moved : NEVER,
    published: Object.fromEntries(Object.entries(published).filter(([of]) => of === head || of === "first")),
    audit: remembered({ ...world, timeline, asks }),
    deeds: deeds.map((deed) => ({ ...deed, epoch: 0, labels: 0, taken: 0 })),
    epoch: 0,
    labels: 0,
    taken: 0,
  };
}

const TIMES = /2026-01-05T09:(\d\d):00Z/g;

/** Only the order of times matters, and which heads are the same: worlds that differ in nothing else are one. */
function canonical(world: World): { readonly key: string; readonly world: World } {
  const text = JSON.stringify(pruned(world));
  const times = [...new Set([...text.matchAll(TIMES)].map(([, minute]) => Number(minute)))]
    .filter((time) => time > 0)
    .sort((a, b) => a - b);
  const rank = new Map(times.map((time, index) => [time, index + 1]));
  const present = rank.get(world.time) ?? times.length + 1;
  const heads = new Map<string, string>();
  const key = text
    .replace(TIMES, (_, minute: string) => iso(rank.get(Number(minute)) ?? 0))
    .replace(/"(h\d+)"/g, (_, head: string) => {
      if (!heads.has(head)) heads.set(head, `h${900 + heads.size}`);
      return `"${heads.get(head)}"`;
    })
    .replace(/"comment:(\d+)"/g, (_, time: string) => `"comment:${rank.get(Number(time)) ?? 0}"`)
    .replace(/^\{"time":\d+/, `{"time":${present}`);
  return { key, world: JSON.parse(key) };
}

export interface Exploration {
  /** Different worlds that were reached. */
  readonly states: number;
  /** Steps taken from them. */
  readonly steps: number;
  /** Reconciles that opened the gate. */
  readonly opened: number;
  /** Ways to an open gate that nobody had the right to open, the first of them. */
  readonly wrong: readonly (readonly string[])[];
  /** Reconciles that left the gate closed though somebody had the right to open it, by the way there. */
  readonly closed: readonly (readonly string[])[];
}

interface Found {
  readonly world: World;
  readonly way: readonly string[];
}

const next = ({ world }: Found, { act, delivered }: Action, rules: Rules): Step => {
  const acted = act(world);
  return delivered ? reconcile(acted, rules) : { world: acted, opened: false, allowed: false };
};

/** Every order of up to `depth` actions. Ends at the first wrong one. */
export function explore(depth: number, rules: Rules, possible: readonly Action[] = actions): Exploration {
  const known = new Set<string>([canonical(start).key]);
  let frontier: readonly Found[] = [{ world: start, way: [] }];
  let [steps, opened] = [0, 0];
  const closed: (readonly string[])[] = [];
  for (let taken = 0; taken < depth; taken += 1) {
    const reached: Found[] = [];
    for (const found of frontier) {
      for (const action of possible) {
        const step = next(found, action, rules);
        const way = [...found.way, action.name];
        steps += 1;
        if (step.opened) opened += 1;
        if (step.opened && !step.allowed) return { states: known.size, steps, opened, wrong: [way], closed };
        if (step.allowed && !step.opened && closed.length < 50) closed.push(way);
        const { key, world } = canonical(step.world);
        if (known.has(key)) continue;
        known.add(key);
        reached.push({ world, way });
      }
    }
    frontier = reached;
  }
  return { states: known.size, steps, opened, wrong: [], closed };
}
