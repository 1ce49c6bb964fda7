import { expect, test } from "vitest";
import { pack } from "../../src/store/packed.js";
import type { KnownPull, PullKey } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";
import { asked } from "./override-record.js";

const repository = { installation: 7, repository: 70 };
const key: PullKey = { ...repository, number: 1 };
const noon = new Date("2026-01-05T12:00:00Z");
const minutes = (count: number): Date => new Date(noon.getTime() + count * 60_000);

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

const run = { id: 5, attempt: 1, url: "https://github.test/5", startedAt: "2026-01-05T11:00:00Z" };
const progress = { checkRunId: 9, checkState: "in_progress", checkDigest: "x", annotationsDigest: null, runs: null, since: noon };

describeOnBothEngines("what the nets look at", (opened) => {
  const numbers = async (since: Date) => (await opened().store.nets.active(since)).map(({ number }) => number);

  test("is active for a day after something happened, and as long as a check is in progress or an override was asked for", async () => {
    const { pulls, nets, publications, overrides } = opened().store;
    for (const number of [1, 2, 3, 4]) await pulls.observe(pull(number));
    await pulls.observe(pull(5, { open: false }));
    await nets.touch(pull(1), noon);
    await nets.touch(pull(5), noon);
    await publications.save(pull(3), "head", "redline/main", progress);
    await overrides.append(pull(4), [asked(4, "head")]);
    expect(await numbers(minutes(-60))).toEqual([1, 3, 4]);
    expect(await numbers(minutes(60))).toEqual([3, 4]);
  });

  test("keeps the newest sight, whatever the order in which it was told", async () => {
    const { pulls, nets } = opened().store;
    await pulls.observe(pull(1));
    expect(await nets.ofRepository(repository, [])).toEqual([{ ...pull(1), sight: null, awaiting: false, attended: false }]);
    const newer = { updatedAt: "2026-01-05T12:00:09Z", labels: ["a \0", "perf"] };
    await nets.touch(key, noon, newer);
    await nets.touch(key, noon, { updatedAt: "2026-01-05T12:00:08Z", labels: [] });
    expect(await nets.ofRepository(repository, [])).toMatchObject([{ sight: newer }]);
  });

  test("says of which pull requests somebody takes care, and finds closed ones by their number", async () => {
    const { pulls, nets, dirty } = opened().store;
    await pulls.observe(pull(1));
    await pulls.observe(pull(2, { open: false }));
    await pulls.observe(pull(3, { open: false }));
    await dirty.mark(key, "test", minutes(600));
    const found = await nets.ofRepository(repository, [1, 2]);
    expect(found.map(({ number, attended }) => [number, attended])).toEqual([
      [1, true],
      [2, false],
    ]);
  });
});

describeOnBothEngines("runs whose event did not come", (opened) => {
  test("are expected once for each attempt, also after they were read (R06)", async () => {
    const { nets, heads } = opened().store;
    const expected = () => heads.expectedRuns(repository, 70, "head");
    expect(await nets.expectMissed(repository, 70, "head", run)).toBe(true);
    expect(await nets.expectMissed(repository, 70, "head", run)).toBe(false);
    await heads.forgetRun(repository, 70, "head", run);
    expect(await expected()).toEqual([]);
    expect(await nets.expectMissed(repository, 70, "head", run)).toBe(false);
    expect(await nets.expectMissed(repository, 70, "head", { ...run, attempt: 2 })).toBe(true);
    expect(await expected()).toEqual([{ ...run, attempt: 2 }]);
  });

  test("are forgotten when they are old and were read", async () => {
    const { nets, heads } = opened().store;
    await heads.expectRun(repository, 70, "head", run);
    await heads.expectRun(repository, 70, "head", { ...run, id: 6 });
    await heads.forgetRun(repository, 70, "head", run);
    await nets.forget(noon);
    expect(await heads.expectedRuns(repository, 70, "head")).toEqual([{ ...run, id: 6 }]);
    expect(await nets.expectMissed(repository, 70, "head", run)).toBe(true);
  });
});

describeOnBothEngines("aged checks", (opened) => {
  test("are those in progress on the present head of an open pull request, until they are forgotten (R23)", async () => {
    const { nets, pulls, publications } = opened().store;
    await pulls.observe(pull(1));
    await pulls.observe(pull(2, { open: false }));
    await publications.save(pull(1), "head", "redline/main", progress);
    await publications.save(pull(1), "older", "redline/main", progress);
    await publications.save(pull(2), "head", "redline/main", progress);
    expect(await nets.agedChecks(noon)).toEqual([]);
    const aged = [{ key, headSha: "head", checkName: "redline/main" }];
    expect(await nets.agedChecks(minutes(1))).toEqual(aged);
    for (const check of aged) await nets.forgetCheck(check);
    expect(await publications.get(key, "head", "redline/main")).toBeNull();
  });
});

describeOnBothEngines("turns and cursors", (opened) => {
  test("a turn is taken by one of several processes, and again when its time has come", async () => {
    const { nets } = opened().store;
    const turns = await Promise.all([1, 2, 3].map(() => nets.takeTurn("all", noon, minutes(-50))));
    expect(turns.filter(Boolean)).toHaveLength(1);
    expect(await nets.takeTurn("all", minutes(30), minutes(-20))).toBe(false);
    expect(await nets.takeTurn("all", minutes(60), minutes(10))).toBe(true);
  });

  test("a cursor is kept, and attempts are counted for each delivery", async () => {
    const { nets } = opened().store;
    expect(await nets.cursor("deliveries")).toBeNull();
    await nets.saveCursor("deliveries", "12", noon);
    await nets.saveCursor("deliveries", "13", noon);
    expect(await nets.cursor("deliveries")).toBe("13");
    expect(await nets.countRedelivery("g", 0, noon)).toBe(true);
    expect(await nets.countRedelivery("g", 1, noon)).toBe(true);
    expect(await nets.countRedelivery("h", 0, noon)).toBe(true);
    expect(await nets.redelivery("g")).toEqual({ attempts: 2, at: noon });
    await nets.forget(minutes(1));
    expect(await nets.redelivery("g")).toBeNull();
  });

  test("an attempt that several sweeps come upon is counted once, and is one's (R06)", async () => {
    const { nets } = opened().store;
    for (const after of [0, 1]) {
      const counted = await Promise.all([1, 2, 3].map(() => nets.countRedelivery("g", after, noon)));
      expect(counted.filter((mine) => mine)).toHaveLength(1);
    }
    expect(await nets.redelivery("g")).toEqual({ attempts: 2, at: noon });
  });
});

describeOnBothEngines("what waits", (opened) => {
  test("is counted with its age: accepted deliveries, due work, dead marks, and merges past a closed gate (O14)", async () => {
    const { nets, inbox, dirty, gate } = opened().store;
    expect(await nets.figures(noon)).toEqual({
      inboxPending: 0,
      inboxAgeMs: 0,
      dirtyDue: 0,
      dirtyAgeMs: 0,
      deadMarks: 0,
      deadDeliveries: 0,
      held: 0,
      bypasses: 0,
    });
    const delivery = { event: "push", action: null, installation: 7, repository: 70, pull: null, body: pack("{}") };
    await inbox.receive({ ...delivery, guid: "a", receivedAt: minutes(-3) }, null);
    await inbox.receive({ ...delivery, guid: "b", receivedAt: minutes(-9) }, null);
    await inbox.done("b");
    await dirty.mark(key, "test", minutes(-2));
    await dirty.mark({ ...key, number: 2 }, "test", minutes(5));
    await dirty.hold(8, minutes(1));
    await gate.recordBypass(key, { number: 1, headSha: "h" }, { baseRef: "main", by: "root", state: "failure" }, noon);
    await nets.beat(noon);
    expect((await nets.figures(noon)).bypasses).toBe(1);
    expect(await nets.figures(noon)).toMatchObject({ inboxPending: 1, inboxAgeMs: 180_000, dirtyDue: 1, dirtyAgeMs: 120_000, held: 1 });
    expect(await nets.received(["a", "b", "c"])).toEqual(new Set(["a", "b"]));
  });
});
