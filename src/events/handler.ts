import type { Logger } from "pino";
import type { Probot } from "probot";
import type { GitHub } from "../github/call.js";
import type { GateRecords } from "../store/gate-types.js";
import type { Overrides } from "../store/override-types.js";
import type { Readings } from "../store/reading.js";
import type { DirtySet, Heads, History, KnownPull, Publications, PullKey, Pulls } from "../store/store.js";
import type { Installations, Nets } from "../store/watched.js";

/** What an event may touch of the store. */
export interface EventStore {
  readonly dirty: Pick<DirtySet, "mark">;
  readonly pulls: Pick<
    Pulls,
    | "observe"
    | "get"
    | "merged"
    | "sharing"
    | "verdict"
    | "withHead"
    | "onBase"
    | "open"
    | "recordLabel"
    | "attest"
    | "withdraw"
    | "attestations"
    | "verdicts"
  >;
  readonly publications: Pick<Publications, "commentEdited" | "get" | "leftOn">;
  readonly history: Pick<History, "recordCommits">;
  readonly heads: Pick<Heads, "expectRun">;
  readonly overrides: Pick<Overrides, "sight" | "recordPusher" | "ask" | "withdraw" | "audit">;
  readonly readings: Pick<Readings, "tell" | "forget">;
  readonly installations: Pick<Installations, "setState" | "park">;
  readonly nets: Pick<Nets, "takeTurn">;
  readonly gate: Pick<GateRecords, "recordRun" | "recordGroup" | "enrolled" | "recordBypass">;
}

/** Handlers record what was told and mark what is dirty; the worker does the rest. */
export interface EventDependencies {
  readonly store: EventStore;
  readonly appId: number;
  /** GitHub's id of the delivery that is handled: the mark carries it, and the log of whoever works on it. */
  readonly delivery?: string;
  now(): Date;
  /** Something was marked dirty: the worker looks at once. */
  wake(): void;
  /** An installation is back, or covers more: what is open there is looked for. Absent where no net looks. */
  returned?(installation: number): void;
  /** Absent in tests that say nothing of it. */
  readonly log?: Pick<Logger, "info" | "warn">;
}

/** An event with its action, as Probot names it. */
type EventName = Extract<Parameters<Probot["on"]>[0], string>;

/** One webhook event and what of it concerns us. */
export interface EventHandler {
  readonly event: string;
  readonly on: readonly EventName[];
  /** @param github a client of the event's installation. */
  handle(payload: unknown, dependencies: EventDependencies, github: GitHub): Promise<void>;
}

/** Marks a pull request dirty, due now. */
export async function mark({ store, delivery, now, wake }: EventDependencies, key: PullKey, reason: string): Promise<void> {
  await store.dirty.mark(key, reason, now(), delivery);
  wake();
}

/** Records a pull request, or what stands for one, and marks it dirty. */
export async function observeAndMark(dependencies: EventDependencies, pull: KnownPull, reason: string): Promise<void> {
  await dependencies.store.pulls.observe(pull);
  await mark(dependencies, keyOf(pull), reason);
}

/** The key within what is known. */
export const keyOf = ({ installation, repository, number, group }: KnownPull): PullKey => ({
  installation,
  repository,
  number,
  ...(group !== undefined && { group }),
});

/** Not something that only stands for work on a repository. A merge group is asked for anew by its own event. */
export const isPull = (pull: KnownPull): boolean => pull.group === undefined;

/** A merge group's name is its head; other work has a kind and a colon before it. */
export const isMergeGroup = ({ group }: KnownPull): boolean => group !== undefined && !group.includes(":");
