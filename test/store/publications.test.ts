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
});
