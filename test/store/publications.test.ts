import { expect, test } from "vitest";
import type { Publication, PullKey } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const key: PullKey = { installation: 7, repository: 70, number: 1 };
const first: Publication = {
  checkRunId: 30_000_000_001,
  checkState: "in_progress",
  checkDigest: null,
  annotationsDigest: null,
  since: new Date("2026-01-01T00:00:00.123Z"),
  runs: 2,
};

describeOnBothEngines("publications", (opened) => {
  test("are kept per pull request, head and check name", async () => {
    const { publications } = opened().store;
    const second: Publication = { ...first, checkState: "failure", checkDigest: "d", annotationsDigest: "a" };
    await publications.save(key, "head", "redline/main", first);
    await publications.save(key, "head", "redline/release", { ...first, checkRunId: null });
    await publications.save(key, "head", "redline/main", second);
    expect(await publications.get(key, "head", "redline/main")).toEqual(second);
    expect(await publications.get(key, "head", "redline/release")).toEqual({ ...first, checkRunId: null });
    expect(await publications.get(key, "other", "redline/main")).toBeNull();
    expect(await publications.get({ ...key, group: "head" }, "head", "redline/main")).toBeNull();
  });

  test("know the one comment of a pull request until it is gone", async () => {
    const { publications } = opened().store;
    expect(await publications.comment(key)).toBeNull();
    await publications.saveComment(key, { id: 1, digest: "a" });
    await publications.saveComment(key, { id: 2, digest: "b" });
    expect(await publications.comment(key)).toEqual({ id: 2, digest: "b" });
    await publications.saveComment(key, null);
    expect(await publications.comment(key)).toBeNull();
  });

  test("keep intents by the object's name, until they are settled", async () => {
    const { publications } = opened().store;
    const open = { state: "open", at: new Date("2026-01-01T00:00:00Z"), since: "2025-12-31T00:00:00Z" } as const;
    const settled = { ...open, state: "settled" } as const;
    await publications.saveIntent(key, "comment", open);
    await publications.saveIntent(key, "check head redline/main", open);
    await publications.saveIntent(key, "comment", settled);
    expect([...(await publications.intents(key))].sort()).toEqual([
      ["check head redline/main", open],
      ["comment", settled],
    ]);
    await publications.saveIntent(key, "comment", null);
    expect([...(await publications.intents(key)).keys()]).toEqual(["check head redline/main"]);
    expect((await publications.intents({ ...key, number: 2 })).size).toBe(0);
  });

  test("are doubted as a whole: nothing that is stored of their words is believed, their ids are kept", async () => {
    const { publications } = opened().store;
    await publications.save(key, "head", "redline/main", { ...first, checkState: "failure", checkDigest: "d" });
    await publications.saveComment(key, { id: 1, digest: "a" });
    await publications.doubt(key);
    expect(await publications.get(key, "head", "redline/main")).toEqual({ ...first, checkState: null, checkDigest: null });
    expect(await publications.comment(key)).toEqual({ id: 1, digest: "" });
  });
});
