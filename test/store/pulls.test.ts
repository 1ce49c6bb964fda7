import { expect, test } from "vitest";
import { text } from "../../src/model/text.js";
import type { Attestation, Verdict } from "../../src/model/verdict.js";
import type { KnownPull, LabelEvent, PullKey } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const repository = { installation: 7, repository: 70 };
const key: PullKey = { ...repository, number: 1 };
const FORK = 71;

const pull = (number: number, changes: Partial<KnownPull> = {}): KnownPull => ({
  ...repository,
  number,
  owner: "acme",
  name: "shop",
  headSha: "head",
  headRepository: 70,
  baseRef: "main",
  open: true,
  ...changes,
});

const label = (action: LabelEvent["action"], at: string): LabelEvent => ({
  action,
  label: "perf-override",
  labelId: "L_1",
  actor: { id: 5, login: "mona", type: "User" },
  headSha: "head",
  at,
});

const tick: Attestation = { item: "queries/explained", by: "mona", at: "2026-01-01T00:00:00Z", sha: "head" };

describeOnBothEngines("known pull requests", (opened) => {
  test("keep what the last event said", async () => {
    const { pulls } = opened().store;
    expect(await pulls.get(key)).toBeNull();
    await pulls.observe(pull(1));
    await pulls.observe(pull(1, { headSha: "newer", headRepository: null, open: false }));
    expect(await pulls.get(key)).toEqual(pull(1, { headSha: "newer", headRepository: null, open: false }));
  });

  test("keep what the newest event said, in whatever order events come; a reading of ours counts always (R04)", async () => {
    const { pulls } = opened().store;
    await pulls.observe(pull(1, { headSha: "new", toldAt: "2026-01-05T09:00:02Z" }));
    await pulls.observe(pull(1, { headSha: "old", toldAt: "2026-01-05T09:00:01Z" }));
    expect(await pulls.get(key)).toMatchObject({ headSha: "new", toldAt: "2026-01-05T09:00:02Z" });
    await pulls.observe(pull(1, { headSha: "same second", toldAt: "2026-01-05T09:00:02Z" }));
    await pulls.observe(pull(1, { headSha: "read" }));
    expect(await pulls.get(key)).toMatchObject({ headSha: "read", toldAt: "2026-01-05T09:00:02Z" });
  });

  test("are as old as the last news of them", async () => {
    const { store, db } = opened();
    expect(await store.pulls.age(key)).toBe(Number.POSITIVE_INFINITY);
    const told = pull(1, { toldAt: "2026-01-05T09:00:00Z" });
    await store.pulls.observe(told);
    await db
      .updateTable("pull")
      .set({ seenAt: new Date(0) })
      .execute();
    await store.pulls.observe(told);
    expect(await store.pulls.age(key)).toBeGreaterThan(1e12);
    await store.pulls.observe({ ...told, toldAt: "2026-01-05T09:00:01Z" });
    expect(await store.pulls.age(key)).toBeLessThan(60_000);
  });

  test("keep a merge group beside a pull request", async () => {
    const { pulls } = opened().store;
    const group = pull(0, { group: "abc", headSha: "abc" });
    await pulls.observe(group);
    expect(await pulls.get({ ...repository, number: 0, group: "abc" })).toEqual(group);
    expect(await pulls.get({ ...repository, number: 0 })).toBeNull();
  });

  test("are found by the head of a fork, when open", async () => {
    const { pulls } = opened().store;
    await pulls.observe(pull(1, { headRepository: FORK }));
    await pulls.observe(pull(2));
    await pulls.observe(pull(3, { headRepository: FORK, open: false }));
    await pulls.observe({ ...pull(4, { headRepository: FORK }), installation: 8 });
    expect(await pulls.withHead(repository, FORK, "head")).toEqual([pull(1, { headRepository: FORK })]);
  });

  test("are found by their base branch, when open", async () => {
    const { pulls } = opened().store;
    await pulls.observe(pull(2));
    await pulls.observe(pull(1));
    await pulls.observe(pull(3, { baseRef: "release/1.0" }));
    await pulls.observe(pull(4, { open: false }));
    expect(await pulls.onBase(repository, "main")).toEqual([pull(1), pull(2)]);
  });

  test("are listed of one installation or of all", async () => {
    const { pulls } = opened().store;
    const other = { ...pull(9), installation: 8 };
    await pulls.observe(pull(1));
    await pulls.observe(pull(2, { open: false }));
    await pulls.observe(other);
    expect(await pulls.open(7)).toEqual([pull(1)]);
    expect(await pulls.open(null)).toEqual([pull(1), other]);
  });
});

describeOnBothEngines("label events", (opened) => {
  test("come back by their own time, each once however often it is delivered", async () => {
    const { pulls } = opened().store;
    const put = label("labeled", "2026-01-01T00:00:00Z");
    const taken = label("unlabeled", "2026-01-01T00:00:07Z");
    await pulls.recordLabel(key, taken);
    await pulls.recordLabel(key, put);
    await pulls.recordLabel(key, taken);
    expect(await pulls.labels(key)).toEqual([put, taken]);
    expect(await pulls.labels({ ...key, number: 2 })).toEqual([]);
  });

  test("of the same second come back as they arrived", async () => {
    const { pulls } = opened().store;
    const put = label("labeled", "2026-01-01T00:00:00Z");
    const taken = label("unlabeled", "2026-01-01T00:00:00Z");
    await pulls.recordLabel(key, taken);
    await pulls.recordLabel(key, put);
    expect(await pulls.labels(key)).toEqual([taken, put]);
  });
});

describeOnBothEngines("attestations", (opened) => {
  test("are one per line, the latest, until withdrawn", async () => {
    const { pulls } = opened().store;
    const again = { ...tick, by: "lisa", sha: "newer" };
    const other: Attestation = { ...tick, item: "resources/timeouts" };
    await pulls.attest(key, tick);
    await pulls.attest(key, other);
    await pulls.attest(key, again);
    expect(await pulls.attestations(key)).toEqual([again, other]);
    await pulls.withdraw(key, "queries/explained", tick.at);
    expect(await pulls.attestations(key)).toEqual([other]);
  });

  test("stay taken back when the event of the tick arrives after that of its removal", async () => {
    const { pulls } = opened().store;
    await pulls.withdraw(key, "queries/explained", "2026-02-01T00:00:02Z");
    await pulls.attest(key, { ...tick, at: "2026-02-01T00:00:01Z" });
    expect(await pulls.attestations(key)).toEqual([]);
    const later = { ...tick, at: "2026-02-01T00:00:03Z" };
    await pulls.attest(key, later);
    await pulls.withdraw(key, "queries/explained", "2026-02-01T00:00:02Z");
    expect(await pulls.attestations(key)).toEqual([later]);
  });
});

describeOnBothEngines("verdicts", (opened) => {
  test("are the last one of each head", async () => {
    const { pulls } = opened().store;
    const verdict: Verdict = {
      conclusion: "failure",
      advisory: false,
      title: text`p99 of ${"GET /\0 \ud800"}`,
      action: [],
      violations: [],
    };
    expect(await pulls.verdict(key, "a")).toBeNull();
    await pulls.saveVerdict(key, "a", { ...verdict, conclusion: "success" });
    await pulls.saveVerdict(key, "a", verdict);
    expect(await pulls.verdict(key, "a")).toEqual(verdict);
    expect(await pulls.verdict(key, "b")).toBeNull();
  });
});
