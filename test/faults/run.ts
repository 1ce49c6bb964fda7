import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type FaultRule, type Faults, type StartedDouble, startDouble } from "../github-double/client.mjs";
import { startPostgres } from "../store/postgres.js";
import { actOn, finish, type Hand, openPull } from "./acts.js";
import { openFront } from "./front.js";
import { prepare } from "./ground.js";
import type { RunOptions } from "./options.js";
import { Armed } from "./points.js";
import { Dice } from "./random.js";
import { rest } from "./rest.js";
import { observed, type Result } from "./result.js";
import { Slot } from "./slot.js";
import type { Subject } from "./subject.js";
import { writeTrace } from "./trace.js";

/** The share of API calls that fail, spread over the ways in which they do. Half of the writes among them are applied. */
function rulesOf({ faults, staleMs }: RunOptions): FaultRule[] {
  // The first rule that strikes decides, which leaves less for those behind it.
  const share = (part: number): number => faults * part * 1.12;
  const limits = { retryAfter: 1, status: 429 };
  const stale: readonly FaultRule[] = staleMs > 0 ? [{ mode: "stale-read", ms: [staleMs / 4, staleMs] }] : [];
  const failing: readonly FaultRule[] = [
    { mode: "applied-then-502", route: "writes", probability: share(0.25) },
    { mode: "applied-then-reset", route: "writes", probability: share(0.2) },
    { mode: "applied-then-hang", route: "writes", probability: share(0.05) },
    { mode: "fail", route: "reads", probability: share(0.5) },
    { mode: "fail", probability: share(0.38) },
    { mode: "hang", probability: share(0.04) },
    { mode: "drip", route: "reads", probability: share(0.01) },
    { mode: "limit-secondary", probability: share(0.04), ...limits },
    { mode: "limit-primary", probability: share(0.01), resetSeconds: 2 },
    { mode: "token-expire", probability: share(0.03) },
  ];
  return [...stale, ...(faults > 0 ? failing : [])];
}

const faultsFor = (options: RunOptions, quiet: boolean): Faults => ({
  seed: options.seed,
  rules: rulesOf(quiet ? { ...options, faults: 0 } : options),
  sender: quiet
    ? { parallel: 8 }
    : { parallel: 8, drop: options.dropped, duplicate: options.duplicated, reorder: { probability: options.faults / 2, ms: 1_500 } },
});

/** What is up during a run, and how it is taken down. */
interface World {
  readonly github: StartedDouble;
  readonly slots: readonly Slot[];
  readonly armed: Armed;
  readonly hand: Hand;
  readonly repositories: readonly string[];
  readonly subjects: Subject[];
  close(): Promise<void>;
}

async function storeFor({ engine }: RunOptions): Promise<{ store: Record<string, string>; end(): Promise<void> }> {
  if (engine === "postgres") {
    const server = await startPostgres();
    return { store: { DATABASE_URL: await server.createDatabase() }, end: () => server.stop() };
  }
  const folder = mkdtempSync(join(tmpdir(), "redline-faults-"));
  return { store: { REDLINE_DATA: join(folder, "data") }, end: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function raise(options: RunOptions): Promise<World> {
  const { kind, seed, processes, say } = options;
  const github = await startDouble({ seed, clock: "real" });
  const { store, end } = await storeFor(options);
  const armed = new Armed();
  const dice = new Dice(seed);
  const settings = { kind, store, complain: (line: string) => process.env.FAULTS_LOG && say(line.trimEnd()) };
  const api = Number(new URL(github.api).port);
  const lag = new Dice(`${seed} down`);
  const slots: Slot[] = [];
  for (let index = 0; index < processes; index += 1)
    slots.push(await Slot.open({ settings, api, armed, downMs: () => lag.whole(0, 1_500) }));
  const front = await openFront(slots, armed);
  const hand = { github, kind, dice, requests: new Map() };
  const repositories = await prepare(github, options, front.port);
  const close = async (): Promise<void> => {
    await Promise.all(slots.map((slot) => slot.close()));
    front.close();
    await github.stop();
    await end();
  };
  return { github, slots, armed, hand, repositories, subjects: [], close };
}

/** Kills where fewest were killed, one for each share of the time; every sixth at any moment. */
function reap({ slots, armed }: World, { kills, minutes, seed }: RunOptions): { stop(): void } {
  const dice = new Dice(`${seed} kills`);
  const everyMs = (minutes * 48_000) / Math.max(1, kills);
  let beats = 0;
  const timer = setInterval(() => {
    if (armed.kills >= kills) return;
    beats += 1;
    if (beats % 6 === 0) {
      const slot = slots[dice.whole(0, slots.length - 1)];
      if (slot && slot.port !== null) {
        armed.count("at random");
        slot.kill();
      }
    } else armed.arm();
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}

async function act(world: World, options: RunOptions): Promise<void> {
  const { hand, repositories, subjects } = world;
  const wanted = options.repositories * options.pulls;
  const repository = repositories[subjects.length % repositories.length];
  if (subjects.length < wanted && repository !== undefined && (subjects.length < wanted / 4 || hand.dice.chance(0.3))) {
    subjects.push(await openPull(hand, repository, subjects.length));
    return;
  }
  const subject = subjects[hand.dice.whole(0, subjects.length - 1)];
  if (subject) await actOn(subject, hand);
}

/** Acts until GitHub has sent enough, at a pace that the time allows and with a bounded number on their way. */
async function load(world: World, options: RunOptions): Promise<void> {
  const { github, armed } = world;
  const started = Date.now();
  const until = started + options.minutes * 60_000;
  for (let told = 0, acts = 0; Date.now() < until; acts += 1) {
    const { total, pending } = await github.traffic();
    if (total >= options.deliveries && armed.kills >= options.kills) break;
    const due = started + (total / options.deliveries) * options.minutes * 55_000;
    if (pending > 200 || (total >= options.deliveries && acts % 4 !== 0) || Date.now() < due) await sleep(50);
    else await act(world, options);
    if (Date.now() - told > 30_000) {
      told = Date.now();
      options.say(
        `  ${options.kind}, ${Math.round((told - started) / 1000)} s: ${total} deliveries, ${armed.kills} kills, ${world.subjects.length} pull requests`,
      );
    }
  }
}

/** One run: load with faults and kills, then rest, then the comparison of what is with what should be. */
export async function runFaults(options: RunOptions): Promise<Result> {
  const started = Date.now();
  const world = await raise(options);
  const { github, hand, subjects, slots, armed } = world;
  try {
    await github.setFaults(faultsFor(options, false));
    const reaper = reap(world, options);
    await load(world, options);
    reaper.stop();
    armed.disarm();
    const { mark: until } = await github.mark();
    await github.setFaults(faultsFor(options, true));
    for (const subject of subjects) await finish(subject, hand);
    await Promise.all(slots.map((slot) => slot.risen()));
    const resting = Date.now();
    const faults = await rest(world, options);
    const seen = await observed(github, armed, until);
    if (options.trace !== undefined) await writeTrace(options.trace, github, subjects);
    const ended = Date.now();
    return { options, ...seen, pulls: subjects.length, faults, seconds: (ended - started) / 1000, restSeconds: (ended - resting) / 1000 };
  } finally {
    await world.close();
  }
}
