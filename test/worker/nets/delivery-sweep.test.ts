import { beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../../src/github/call.js";
import { sweepDeliveries } from "../../../src/worker/nets/delivery-sweep.js";
import type { NetDependencies } from "../../../src/worker/nets/dependencies.js";
import { RequestError } from "../../github/fake-github.js";
import { netStage } from "./stage.js";

const start = Date.parse("2026-01-05T09:00:00Z");
const at = (minutes: number): Date => new Date(start + minutes * 60_000);
const iso = (minutes: number): string => at(minutes).toISOString().replace(".000", "");

interface Sent {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly status_code: number;
}

/** GitHub's record of what it sent, two a page, and what it was asked to send again. */
class Recorded implements GitHub {
  sent: Sent[] = [];
  readonly again: number[] = [];
  pages = 0;
  broken: Error | null = null;
  clock: Date | null = null;

  async request(route: string, { cursor, delivery_id: id }: Record<string, unknown> = {}) {
    if (route.startsWith("POST")) {
      if (this.broken) throw this.broken;
      this.again.push(Number(id));
      return { status: 202, headers: {}, data: {} };
    }
    this.pages += 1;
    const failures = this.sent.filter(({ status_code: code }) => code !== 202).toReversed();
    const from = Number(cursor ?? 0);
    const link = `<https://api.github.test/app/hook/deliveries?per_page=2&cursor=${from + 2}>; rel="next"`;
    const headers = { ...(failures.length > from + 2 && { link }), ...(this.clock !== null && { date: this.clock.toUTCString() }) };
    return { status: 200, headers, data: failures.slice(from, from + 2) };
  }

  async graphql(): Promise<unknown> {
    throw new RequestError(500);
  }

  fail(id: number, minutes: number, guid = `guid-${id}`): void {
    this.sent.push({ id, guid, delivered_at: iso(minutes), status_code: 503 });
  }
}

let github: Recorded;
let inbox: Set<string>;
let attempts: Map<string, { attempts: number; at: Date }>;
let cursor: string | null;

const store = {
  nets: {
    received: async (guids: readonly string[]) => new Set(guids.filter((guid) => inbox.has(guid))),
    redelivery: async (guid: string) => attempts.get(guid) ?? null,
    countRedelivery: async (guid: string, after: number, when: Date) => {
      if ((attempts.get(guid)?.attempts ?? 0) !== after) return false;
      attempts.set(guid, { attempts: after + 1, at: when });
      return true;
    },
    cursor: async () => cursor,
    saveCursor: async (_: string, value: string) => {
      cursor = value;
    },
  },
} as unknown as NetDependencies["store"];

const sweep = (minutes: number) => sweepDeliveries(at(minutes), netStage(store, github));

beforeEach(() => {
  github = new Recorded();
  inbox = new Set();
  attempts = new Map();
  cursor = null;
});

describe("the sweep of failed deliveries", () => {
  it("asks for each again once, by its newest attempt, oldest first (R06)", async () => {
    github.fail(1, -50);
    github.fail(2, -40);
    github.fail(3, -30, "guid-1");
    github.sent.push({ id: 4, guid: "guid-4", delivered_at: iso(-20), status_code: 202 });
    expect(await sweep(0)).toEqual({ redelivered: 2, givenUp: 0 });
    expect(github.again).toEqual([2, 3]);
  });

  it("is one of several at the same time that asks for a delivery, and counts it once (R06)", async () => {
    github.fail(1, -50);
    github.fail(2, -40);
    const sweeps = await Promise.all([sweep(0), sweep(0), sweep(0)]);
    expect(sweeps.reduce((sum, { redelivered }) => sum + redelivered, 0)).toBe(2);
    expect(github.again.toSorted()).toEqual([1, 2]);
    expect([...attempts.values()].map((one) => one.attempts)).toEqual([1, 1]);
    expect(cursor).toBe(iso(-50));
  });

  it("leaves alone what is in the inbox, and moves on behind it", async () => {
    github.fail(1, -50);
    github.fail(2, -40);
    inbox.add("guid-1").add("guid-2");
    await sweep(0);
    expect(github.again).toEqual([]);
    expect(cursor).toBe(iso(-40));
  });

  it("stops at three days, after which GitHub sends nothing again, and reads no page beyond", async () => {
    for (const [id, days] of [7, 6, 5, 4, 2].entries()) github.fail(id + 1, -days * 1440);
    await sweep(0);
    expect([github.again, github.pages]).toEqual([[5], 1]);
  });

  it("keeps to GitHub's clock where it names its time (R13)", async () => {
    github.clock = at(-300 * 1440);
    github.fail(1, -304 * 1440);
    github.fail(2, -302 * 1440);
    await sweep(0);
    expect(github.again).toEqual([2]);
  });

  it("waits longer each time, and gives up after eight", async () => {
    github.fail(1, -1);
    const asked: number[] = [];
    for (let minutes = 0; minutes < 3 * 1440; minutes += 2) {
      const before = github.again.length;
      await sweep(minutes);
      if (github.again.length > before) asked.push(minutes);
    }
    expect(asked).toEqual([0, 2, 10, 42, 170, 530, 890, 1250]);
    expect(await sweep(1300)).toEqual({ redelivered: 0, givenUp: 1 });
  });

  it("keeps its cursor at the oldest that is still asked for, so that a crash forgets none", async () => {
    github.fail(1, -50);
    github.fail(2, -40);
    inbox.add("guid-2");
    await sweep(0);
    expect(cursor).toBe(iso(-50));
    inbox.add("guid-1");
    await sweep(2);
    expect(cursor).toBe(iso(-40));
  });

  it("gives up on one that GitHub does not have any more, and goes on", async () => {
    github.fail(1, -50);
    github.broken = new RequestError(404, "Not Found");
    expect(await sweep(0)).toEqual({ redelivered: 0, givenUp: 1 });
  });

  it("is begun anew when GitHub fails, with its cursor where it was (R18)", async () => {
    github.fail(1, -50);
    github.broken = new RequestError(502, "Bad Gateway");
    await expect(sweep(0)).rejects.toThrow(/502|Bad Gateway/);
    expect(cursor).toBeNull();
    github.broken = null;
    await sweep(2);
    expect(github.again).toEqual([1]);
  });
});
