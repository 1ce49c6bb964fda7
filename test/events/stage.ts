import type { EventDependencies, EventHandler, EventStore } from "../../src/events/handler.js";
import type { GitHub } from "../../src/github/call.js";
import type { OverrideRecord } from "../../src/model/override.js";
import type { Attestation, Verdict } from "../../src/model/verdict.js";
import type { Bypass, GroupRecord, RunRecord } from "../../src/store/gate-types.js";
import type { OverrideAsk, Sighting } from "../../src/store/override-types.js";
import type { Told } from "../../src/store/reading.js";
import type { ExpectedRun, KnownPull, LabelEvent, LeftCheck, Publication, PullKey, RepositoryKey } from "../../src/store/store.js";
import { FakeGitHub } from "../github/fake-github.js";

export const APP = 7;
export const AT = new Date("2026-01-05T09:00:00Z");

/** What every payload of the tests' repository carries. */
export const place = {
  installation: { id: 1 },
  repository: { id: 2, name: "shop", owner: { login: "acme" }, default_branch: "main" },
};

export const person = { id: 30, login: "alice", type: "User" };

/** A pull request as the store knows it. */
export const known = (changed: Partial<KnownPull> = {}): KnownPull => ({
  installation: 1,
  repository: 2,
  number: 5,
  owner: "acme",
  name: "shop",
  headSha: "head",
  headRepository: 2,
  baseRef: "main",
  open: true,
  ...changed,
});

const same = (one: PullKey, other: PullKey): boolean =>
  one.repository === other.repository && one.number === other.number && one.group === other.group;

/** What events touch of a store, in memory, and what they told it. */
export class Stage implements EventDependencies {
  readonly appId = APP;
  readonly observed: KnownPull[] = [];
  readonly marks: (readonly [PullKey, string, Date])[] = [];
  readonly labels: LabelEvent[] = [];
  readonly ticks: Attestation[] = [];
  readonly withdrawn: (readonly [string, string])[] = [];
  readonly edited: number[] = [];
  readonly audit: OverrideRecord[] = [];
  readonly asks: (OverrideAsk & { readonly of: number })[] = [];
  readonly gone: string[] = [];
  readonly sightings: Sighting[] = [];
  readonly pushers: (readonly [string, number])[] = [];
  readonly verdicts: Verdict[] = [];
  readonly commits: string[] = [];
  readonly states: (readonly [number, string])[] = [];
  readonly returns: number[] = [];
  readonly turns = new Map<string, Date>();
  readonly told: Told[] = [];
  readonly forgotten: string[] = [];
  readonly runs: (readonly [number, string, ExpectedRun])[] = [];
  readonly begun: (readonly [string, Omit<RunRecord, "results">])[] = [];
  readonly groups: GroupRecord[] = [];
  readonly bypasses: (readonly [number, Bypass])[] = [];
  enrolledAt: string | null = null;
  published: Publication | null = null;
  readonly left: LeftCheck[] = [];
  readonly merged: number[] = [];
  wakes = 0;

  constructor(observed: readonly KnownPull[] = []) {
    this.observed.push(...observed);
  }

  now = (): Date => AT;

  returned = (installation: number): void => void this.returns.push(installation);

  wake = (): void => {
    this.wakes += 1;
  };

  /** Keys and reasons of the marks. */
  get dirty(): readonly (readonly [number | string, string])[] {
    return this.marks.map(([key, reason]) => [key.group ?? key.number, reason]);
  }

  private open(repository: RepositoryKey): readonly KnownPull[] {
    return this.observed.filter((pull) => pull.open && pull.repository === repository.repository);
  }

  readonly store: EventStore = {
    dirty: { mark: async (key, reason, runAt) => this.marks.push([key, reason, runAt]) },
    pulls: {
      observe: async (pull) => {
        const index = this.observed.findIndex((other) => same(other, pull));
        this.observed.splice(index < 0 ? this.observed.length : index, 1, pull);
      },
      get: async (key) => this.observed.find((pull) => same(pull, key)) ?? null,
      merged: async ({ number }) => void this.merged.push(number),
      withHead: async (repository, headRepository, headSha) =>
        this.open(repository).filter((pull) => pull.headRepository === headRepository && pull.headSha === headSha),
      onBase: async (repository, baseRef) => this.open(repository).filter((pull) => pull.baseRef === baseRef),
      sharing: async ({ repository, headSha, baseRef }) =>
        this.observed.filter((pull) => pull.open && pull.repository === repository && pull.headSha === headSha && pull.baseRef === baseRef),
      verdict: async () => this.verdicts.at(-1) ?? null,
      open: async (installation) => this.observed.filter((pull) => pull.open && pull.installation === installation),
      recordLabel: async (_key, event) => void this.labels.push(event),
      attest: async (_key, attestation) => void this.ticks.push(attestation),
      withdraw: async (_key, item, at) => {
        this.withdrawn.push([item, at]);
        const index = this.ticks.findIndex((tick) => tick.item === item);
        if (index >= 0) this.ticks.splice(index, 1);
      },
      attestations: async () => [...this.ticks],
      verdicts: async () => this.verdicts,
    },
    publications: {
      commentEdited: async (key) => void this.edited.push(key.number),
      get: async () => this.published,
      leftOn: async (_repository, headSha) => this.left.filter((check) => check.headSha === headSha),
    },
    nets: {
      takeTurn: async (name, now, since) => {
        const last = this.turns.get(name);
        if (last !== undefined && last > since) return false;
        this.turns.set(name, now);
        return true;
      },
    },
    installations: {
      setState: async (installation, state) => void this.states.push([installation, state]),
      park: async ({ installation, repository }) => {
        for (const [index, pull] of this.observed.entries()) {
          const concerned = pull.installation === installation && (repository === undefined || pull.repository === repository);
          if (concerned) this.observed.splice(index, 1, { ...pull, open: false });
        }
      },
    },
    history: { recordCommits: async (_repository, shas) => void this.commits.push(...shas) },
    overrides: {
      sight: async (_key, sighting) => void this.sightings.push(sighting),
      recordPusher: async (_repository, sha, id) => void this.pushers.push([sha, id]),
      ask: async ({ number }, ask) => void this.asks.push({ ...ask, of: number }),
      withdraw: async (_key, ask) => void this.gone.push(ask),
      audit: async () => this.audit,
    },
    readings: {
      tell: async (_key, told) => void this.told.push(told),
      forget: async (_repository, baseRef) => void this.forgotten.push(baseRef),
    },
    gate: {
      recordRun: async (_repository, _headRepository, headSha, run) => void this.begun.push([headSha, run]),
      enrolled: async () => this.enrolledAt,
      recordBypass: async (_repository, { number }, bypass) => void this.bypasses.push([number, bypass]),
      recordGroup: async (_repository, group) => void this.groups.push(group),
    },
    heads: { expectRun: async (_repository, headRepository, headSha, run) => void this.runs.push([headRepository, headSha, run]) },
  };

  /** Has an event handled. */
  handle(event: EventHandler, payload: unknown, github: GitHub = new FakeGitHub()): Promise<void> {
    return event.handle(payload, this, github);
  }
}
