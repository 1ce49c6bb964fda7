import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { backoffMs, Dispatcher, type DispatchOptions } from "../../src/events/dispatch.js";
import { GitHubError } from "../../src/github/errors.js";
import { pack } from "../../src/store/packed.js";
import type { Delivery } from "../../src/store/store.js";

/** Each of a pull request of its own, unless that is told. */
const delivery = (guid: string, body = '{"action":"opened"}', pull = Number.parseInt(guid, 36)): Delivery => ({
  guid,
  event: "pull_request",
  action: "opened",
  installation: 1,
  repository: 2,
  pull,
  body: pack(body),
  receivedAt: new Date("2026-01-05T09:00:00Z"),
});

type Event = Parameters<DispatchOptions["receive"]>[0];

/** An inbox, a Probot and a clock in memory. */
class World implements DispatchOptions {
  readonly received: Event[] = [];
  readonly finished: string[] = [];
  readonly dead: string[] = [];
  readonly closed: string[] = [];
  readonly waits: number[] = [];
  readonly failures: string[] = [];
  readonly timers: (() => void)[] = [];
  waiting: Delivery[] = [];
  stored: Delivery[] = [];
  work: (event: Event) => Promise<void> = async () => undefined;

  readonly lease = { owner: "me", leaseMs: 15_000 };
  readonly kept: string[] = [];
  readonly inbox = {
    takeOver: async () => this.waiting.splice(0),
    renew: async () => void this.kept.push("renewed"),
    recover: async () => void this.kept.push("recovered"),
    leave: async () => void this.kept.push("left"),
    read: async (guids: readonly string[]) => this.stored.filter(({ guid }) => guids.includes(guid)),
    done: async (guid: string) => void this.finished.push(guid),
    failed: async (guid: string, message: string, limit: number) => {
      this.failures.push(message);
      const again = this.failures.length < limit;
      if (!again) this.dead.push(guid);
      return again;
    },
  };

  receive = async (event: Event): Promise<void> => {
    this.received.push(event);
    await this.work(event);
  };

  onDead = async ({ guid }: Delivery): Promise<void> => void this.closed.push(guid);
  later = (ms: number, work: () => void): void => void (this.waits.push(ms) && this.timers.push(work));
  /** Each delivery comes alone, unless a test says so. */
  time = Date.parse("2026-01-05T09:00:00Z");
  apart = 1_000;
  now = (): number => {
    this.time += this.apart;
    return this.time;
  };
  random = (): number => 0.5;
  readonly log = { info: () => undefined, warn: () => undefined, error: () => undefined };
}

let world: World;
let dispatcher: Dispatcher;

beforeEach(() => {
  world = new World();
  dispatcher = new Dispatcher(world);
});

/** Lets everything that can go on without a timer go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a delivery reaches its handler and is done", async () => {
  dispatcher.take(delivery("a"));
  await settle();
  expect(world.received).toEqual([{ id: "a", name: "pull_request", payload: { action: "opened" } }]);
  expect(world.finished).toEqual(["a"]);
});

test("a delivery that fails is tried again until it succeeds", async () => {
  let failures = 2;
  world.work = async () => {
    failures -= 1;
    if (failures >= 0) throw new Error("GitHub is down");
  };
  dispatcher.take(delivery("a"));
  await settle();
  world.timers.shift()?.();
  await settle();
  world.timers.shift()?.();
  await settle();
  expect([world.received.length, world.failures, world.finished]).toEqual([3, ["GitHub is down", "GitHub is down"], ["a"]]);
});

test("after eight attempts it is dead, closes the gate it was about, and nothing else waits for it (R15)", async () => {
  world.work = async ({ id }) => {
    if (id === "bad") throw new Error("a bug");
  };
  dispatcher.take(delivery("bad"));
  dispatcher.take(delivery("good"));
  await settle();
  while (world.timers.length > 0) {
    world.timers.shift()?.();
    await settle();
  }
  expect(world.received.filter(({ id }) => id === "bad")).toHaveLength(8);
  expect([world.dead, world.closed, world.finished]).toEqual([["bad"], ["bad"], ["good"]]);
});

test("what an earlier process left is taken up at the start, and what another one leaves is taken up at any time (R01)", async () => {
  world.waiting = [delivery("a"), delivery("b")];
  await dispatcher.replay();
  await settle();
  expect([world.finished, world.kept]).toEqual([["a", "b"], ["recovered"]]);
  world.waiting = [delivery("c")];
  await dispatcher.sweep();
  await settle();
  expect(world.finished).toEqual(["a", "b", "c"]);
});

test("what it works on stays its own, also while it waits for the next try; when it ends the rest is anybody's", async () => {
  world.work = async () => {
    throw new Error("GitHub is down");
  };
  dispatcher.take(delivery("a"));
  await settle();
  await dispatcher.sweep();
  await dispatcher.drain();
  await dispatcher.sweep();
  expect(world.kept).toEqual(["renewed", "left", "renewed"]);
});

test("a rate limit is waited for as long as GitHub says, and counts as no attempt (R17)", async () => {
  const limited = new GitHubError("GET /repos/{owner}/{repo}", { kind: "rate-limited", retryAfterMs: 777_000 }, null);
  let limits = 9;
  world.work = async () => {
    limits -= 1;
    if (limits >= 0) throw new AggregateError([limited]);
  };
  dispatcher.take(delivery("a"));
  await settle();
  while (world.timers.length > 0) {
    world.timers.shift()?.();
    await settle();
  }
  expect([world.waits, world.failures, world.finished]).toEqual([Array.from({ length: 9 }, () => 777_000), [], ["a"]]);
});

test("a delivery that comes again while it is worked on is worked on once, and again when it had ended", async () => {
  let release = (): void => undefined;
  world.work = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  dispatcher.take(delivery("a"));
  dispatcher.take(delivery("a"));
  release();
  await settle();
  expect(world.received).toHaveLength(1);
  dispatcher.take(delivery("a"));
  expect(world.received).toHaveLength(2);
});

const many = Array.from({ length: 80 }, (_, index) => `many-${index}`);
/** What cannot be packed any shorter. */
const long = deflateRawSync(JSON.stringify({ text: "x".repeat(1_500_000) }), { level: 0 });
const manyOf = (pulls: number) => many.map((guid, index) => delivery(guid, "{}", index % pulls));

test("at most 64 are worked on at the same time", async () => {
  const releases: (() => void)[] = [];
  world.work = () => new Promise((resolve) => releases.push(resolve));
  for (const one of manyOf(80)) dispatcher.take(one);
  await settle();
  expect(world.received).toHaveLength(64);
  releases[0]?.();
  await settle();
  expect(world.received).toHaveLength(65);
});

/** A stream: all of it within a moment. */
function stream(count: number): void {
  world.apart = 0;
  for (const one of manyOf(count).slice(0, count)) dispatcher.take(one);
}

test("in a stream the first are worked on at once, the others together with the next round, while the door has all else", async () => {
  stream(39);
  await settle();
  expect(world.finished).toEqual(many.slice(0, 7));
  world.timers.shift()?.();
  await settle();
  expect(world.finished).toEqual(many.slice(0, 39));
});

test("a stream that does not end starves nothing: each round works on some", async () => {
  stream(80);
  await settle();
  expect(world.waits).toEqual([100]);
  world.timers.shift()?.();
  await settle();
  expect([world.finished.length, world.waits]).toEqual([39, [100, 100]]);
  for (let round = 0; round < 2; round += 1) {
    world.timers.shift()?.();
    await settle();
  }
  expect(world.finished).toEqual(many);
});

test("in a stream what has waited for fifteen seconds is worked on without rounds", async () => {
  world.time += 15_000;
  stream(80);
  await settle();
  expect([world.finished, world.waits]).toEqual([many, []]);
});

test("those of one pull request are worked on one after the other, as they came, and no other waits for them (R03)", async () => {
  const releases: (() => void)[] = [];
  world.work = () => new Promise((resolve) => releases.push(resolve));
  for (const one of [delivery("a1", "{}", 5), delivery("a2", "{}", 5), delivery("b", "{}", 6), delivery("a3", "{}", 5)])
    dispatcher.take(one);
  await settle();
  expect(world.received.map(({ id }) => id)).toEqual(["a1", "b"]);
  for (let index = 0; index < 4; index += 1) {
    releases[index]?.();
    await settle();
  }
  expect(world.finished).toEqual(["a1", "b", "a2", "a3"]);
});

test("a payload that the front door has parsed is not parsed again", async () => {
  const payload = { action: "labeled" };
  dispatcher.take(delivery("a", "not even JSON"), payload);
  await settle();
  expect(world.received[0]?.payload).toBe(payload);
});

test("what has no room in memory is read from the inbox when its turn comes, each once", async () => {
  world.stored = many.map((guid, index) => ({ ...delivery(guid, "", index), body: long }));
  world.work = settle as () => Promise<undefined>;
  for (const one of world.stored) dispatcher.take(one);
  await dispatcher.idle();
  expect(world.finished.toSorted()).toEqual(many.toSorted());
  expect(world.received.slice(0, 10).map(({ id }) => id)).toEqual(many.slice(0, 10));
});

test("an inbox that cannot be read is read again", async () => {
  world.stored = many.map((guid, index) => ({ ...delivery(guid, "", index), body: long }));
  const { read } = world.inbox;
  world.inbox.read = async () => {
    world.inbox.read = read;
    throw new Error("the server is gone");
  };
  world.work = settle as () => Promise<undefined>;
  for (const one of world.stored) dispatcher.take(one);
  await dispatcher.idle();
  expect(world.finished.length).toBeLessThan(many.length);
  world.timers.shift()?.();
  await settle();
  await dispatcher.idle();
  expect(world.finished.toSorted()).toEqual(many.toSorted());
});

test("draining ends what is under way and leaves the rest to the next start", async () => {
  const releases: (() => void)[] = [];
  world.work = () => new Promise((resolve) => releases.push(resolve));
  for (const one of manyOf(80)) dispatcher.take(one);
  await settle();
  const drained = dispatcher.drain();
  for (const release of releases) release();
  await drained;
  expect(world.received.map(({ id }) => id)).toEqual(many.slice(0, 64));
  expect(world.finished).toEqual(many.slice(0, 64));
});

test.each(["nonsense", "null"])("a stored body that is %s fails like a handler, not like the process", async (body) => {
  dispatcher.take(delivery("a", body));
  await settle();
  expect([world.received, world.failures.length]).toEqual([[], 1]);
});

test("an inbox that fails as well leaves the delivery for the next start", async () => {
  world.work = async () => {
    throw new Error("a bug");
  };
  world.inbox.failed = async () => {
    throw new Error("disk full");
  };
  dispatcher.take(delivery("a"));
  await settle();
  expect([world.finished, world.timers]).toEqual([[], []]);
});

test("the wait grows with each attempt, has full jitter, and ends at two minutes", () => {
  expect([backoffMs(1, 1), backoffMs(2, 1), backoffMs(3, 0.5), backoffMs(30, 1)]).toEqual([2_000, 4_000, 4_000, 120_000]);
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      expect(backoffMs(attempt, random)).toBeLessThanOrEqual(120_000);
      expect(backoffMs(attempt, random)).toBeGreaterThanOrEqual(0);
    }),
  );
});
