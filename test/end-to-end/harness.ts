import { createHmac, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { defaultKeep } from "../../src/main/keep.js";
import { createLog } from "../../src/main/log.js";
import { type Running, startServer } from "../../src/main/server.js";
import type { OverrideRecord } from "../../src/model/override.js";
import { plain } from "../../src/model/text.js";
import type { PlannerOptions } from "../../src/sandbox/planner.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";
import type { Times } from "../../src/worker/dependencies.js";
import { artifactsOf, filesOf } from "../demo/world.mjs";
import { type Delivery, type StartedDouble, startDouble } from "../github-double/client.mjs";
import { appId, keys, secret } from "../github-double/stage.js";
import { openMemory } from "../store/memory.js";

export { artifactsOf, filesOf };

/** The App and the local GitHub, wired to each other; one repository per test. */
export interface Harness {
  github: StartedDouble;
  running: Running;
  store: Store;
  /** What the App logged as an error since the test began: a test that expects one takes it out. */
  readonly errors: string[];
  /** Does something on GitHub and waits until the App has nothing left to do. Resolves with what it did and the calls it caused. */
  act<T>(work: () => Promise<T>): Promise<T & { readonly calls: Readonly<Record<string, number>>; readonly total: number }>;
  /** So much time passes for the App, which then looks at what is due. */
  later(ms: number): Promise<void>;
  /** Somebody sends the signed bytes of an earlier delivery again, under a GUID of their own. */
  replay(delivery: Delivery): Promise<void>;
  shop(files?: Record<string, string>): Promise<Shop>;
  existing(repository: string): Shop;
}

export class Shop {
  readonly repository: string;
  readonly #harness: Harness;

  constructor(harness: Harness, repository: string) {
    this.#harness = harness;
    this.repository = repository;
  }

  async pull(head: string, files: Record<string, string>, user = "dev") {
    const { github, act } = this.#harness;
    await github.push({ repository: this.repository, branch: head, by: user, files });
    return act(() => github.openPull({ repository: this.repository, head, user }));
  }

  push(branch: string, files: Record<string, string>) {
    return this.#harness.act(() => this.#harness.github.push({ repository: this.repository, branch, by: "dev", files }));
  }

  ci(number: number, artifacts: Parameters<StartedDouble["completeRun"]>[0]["artifacts"] = artifactsOf("head/run-01")) {
    return this.#harness.act(() =>
      this.#harness.github.completeRun({ repository: this.repository, number, ...(artifacts && { artifacts }) }),
    );
  }

  /** A workflow run on the default branch, whose results become a baseline. */
  baseline(run: string) {
    return this.#harness.act(() =>
      this.#harness.github.completeRun({ repository: this.repository, branch: "main", event: "push", artifacts: artifactsOf(run) }),
    );
  }

  label(number: number, user: string, label = "perf-override") {
    return this.#harness.act(() => this.#harness.github.label({ repository: this.repository, number, label, user }));
  }

  async check(number: number, name = "redline/main") {
    const runs = await this.#harness.github.checkRuns({ repository: this.repository, number });
    const run = runs.filter((one) => one.name === name).at(-1);
    return (
      run && {
        id: run.id,
        state: run.conclusion ?? run.status,
        title: run.output?.title ?? "",
        summary: run.output?.summary ?? "",
        annotations: run.annotations,
      }
    );
  }

  async comments(number: number) {
    const comments = await this.#harness.github.comments({ repository: this.repository, number });
    return comments.map((comment) => ({ id: comment.id, body: comment.body ?? "" }));
  }

  async comment(number: number): Promise<string> {
    const comments = await this.comments(number);
    expect(comments).toHaveLength(1);
    return comments[0]?.body ?? "";
  }

  async mergeable(number: number): Promise<boolean> {
    return (await this.#harness.github.oracle({ repository: this.repository, number })).mergeable;
  }

  /** What was decided about overrides, oldest first: by whom, what, and why. */
  async audit(number: number): Promise<readonly string[]> {
    const records = await this.records(number);
    return records.map(({ by, kind, status, why }) => [by.login, kind, status, ...(why ? [plain(why)] : [])].join(" "));
  }

  async records(number: number): Promise<readonly OverrideRecord[]> {
    const { github, store } = this.#harness;
    const { base } = await github.pull({ repository: this.repository, number });
    const known = (await store.pulls.open(null)).find((pull) => pull.repository === base.repo.id && pull.number === number);
    return known ? store.overrides.audit(known) : [];
  }

  async labels(number: number): Promise<readonly string[]> {
    return (await this.#harness.github.pull({ repository: this.repository, number })).labels.map(({ name }) => name);
  }
}

const settings = (api: string) => ({
  appId,
  privateKey: keys.app.privateKey,
  secrets: [secret],
  webhookPath: "/api/github/webhooks",
  apiUrl: api,
  docsUrl: undefined,
  paced: false,
  host: "127.0.0.1",
  port: 0,
  databaseUrl: undefined,
  keep: defaultKeep,
  resultCap: 200_000_000,
  dataDirectory: ":memory:",
  cacheDirectory: undefined,
  planners: 1,
  logLevel: "error",
  memory: openMemory,
});

/** Until nothing is under way: what the App writes causes webhooks of its own. */
async function settle({ github, running }: Harness): Promise<void> {
  for (let before = -1, { mark } = await github.settle(); before !== mark; { mark } = await github.settle()) {
    before = mark;
    await running.idle();
  }
}

/** A slow machine must not cost a call: the first write waits for its verdict however long that takes. */
export const PATIENT_MS = 600_000;

/** Starts both for a test file; after each test no request may have broken GitHub's contract, and the App may have logged no error. */
export function useHarness(times: Partial<Times> = { firstWriteMs: PATIENT_MS }, patience?: PlannerOptions["patience"]): Harness {
  let shops = 0;
  let complaints = 0;
  let lateMs = 0;
  const errors: string[] = [];
  const harness = { errors } as Harness;
  harness.act = async (work) => {
    const { mark } = await harness.github.mark();
    const result = await work();
    await settle(harness);
    const { operations, total } = await harness.github.count({ since: mark });
    return { ...result, calls: operations, total };
  };
  harness.shop = async (files = filesOf("shop/base")) => {
    shops += 1;
    const name = `shop-${shops}`;
    const repository = `acme/${name}`;
    const { id } = await harness.github.createRepository({ owner: "acme", name, organization: true, files });
    expect(id).toBeGreaterThan(0);
    for (const user of ["dev", "maria", "stranger"]) await harness.github.setCollaborator({ repository, user, role: "write" });
    await harness.github.setRuleset({ repository, branch: "main", checks: [{ name: "redline/main", integration_id: appId }] });
    return new Shop(harness, repository);
  };
  harness.later = async (ms) => {
    lateMs += ms;
    // Whatever happens to anything has the worker look at everything.
    const other = await harness.shop({ "README.md": "shop\n" });
    await other.pull("clock", { "README.md": "clock\n" });
  };
  harness.replay = async ({ event, payload }) => {
    const body = JSON.stringify(payload);
    const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    const headers = { "x-github-event": event, "x-github-delivery": randomUUID(), "x-hub-signature-256": signature };
    const url = `http://127.0.0.1:${harness.running.port}/api/github/webhooks`;
    const { status } = await fetch(url, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body });
    expect(status).toBe(202);
    await settle(harness);
  };
  harness.existing = (repository) => new Shop(harness, repository);
  beforeAll(async () => {
    harness.github = await startDouble();
    harness.running = await startServer(settings(harness.github.api), createLog("error", { write: (line) => errors.push(line) }), times, {
      ...(patience && { patience }),
      now: () => new Date(Date.now() + lateMs),
      open: async (options) => {
        harness.store = await openStore(options);
        return harness.store;
      },
    });
    const url = `http://127.0.0.1:${harness.running.port}/api/github/webhooks`;
    await harness.github.registerApp({ id: appId, publicKey: keys.app.publicKey, webhook: { url, secret } });
    await harness.github.createRepository({ owner: "acme", name: "first", organization: true, files: { "README.md": "first\n" } });
    await harness.github.createTeam({
      organization: "acme",
      slug: "perf-team",
      members: { maria: "active", dev: "active", pia: "pending" },
    });
    await harness.github.install({ app: appId, owner: "acme" });
    await settle(harness);
  });
  afterEach(async () => {
    const broken = [...(await harness.github.violations()), ...(await harness.github.crashes())];
    expect({ broken: broken.slice(complaints), errors: errors.splice(0) }).toEqual({ broken: [], errors: [] });
    complaints = broken.length;
  });
  afterAll(async () => {
    await harness.running?.stop(5000);
    await harness.github?.stop();
  });
  return harness;
}
