import { expect, test } from "vitest";
import type { KnownPull, Publication } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";
import { asked } from "./override-record.js";

const pull = (number: number, parts: Partial<KnownPull> = {}): KnownPull => ({
  ...{ installation: 7, repository: 70, number, owner: "acme", name: "shop" },
  ...{ headSha: `${number}-now`, headRepository: 70, baseRef: "main", open: true, ...parts },
});
const open: Publication = {
  ...{ checkRunId: 1, checkState: "success", checkDigest: "d", annotationsDigest: null },
  ...{ since: new Date("2026-01-01T00:00:00Z"), runs: 0 },
};
const run = (id: number) => ({ id, attempt: 1, url: "u", startedAt: "2026-01-01T00:00:00Z" });

describeOnBothEngines("checks that a pull request has left", (opened) => {
  const ended = (headSha: string, id: number) => opened().store.heads.expectRun({ installation: 7, repository: 70 }, 70, headSha, run(id));

  /** A pull request with a check on a head and for a base. */
  async function checked(known: KnownPull, headSha: string, name: string, publication: Partial<Publication> = {}): Promise<KnownPull> {
    await opened().store.pulls.observe(known);
    await opened().store.publications.save(known, headSha, name, { ...open, ...publication });
    return known;
  }

  const left = async (known: KnownPull) =>
    (await opened().store.publications.left(known)).map(({ headSha, baseRef }) => [headSha, baseRef]);

  test("are told once a run of their commit ended that they were not judged by (R32)", async () => {
    const known = await checked(pull(1), "1-old", "redline/main");
    await checked(known, "1-now", "redline/release/2");
    expect(await left(known)).toEqual([]);
    await ended("1-old", 10);
    await ended("1-now", 11);
    expect((await left(known)).sort()).toEqual([
      ["1-now", "release/2"],
      ["1-old", "main"],
    ]);
    const { publications } = opened().store;
    expect(await publications.leftOn(known, "1-old")).toEqual([
      { key: { installation: 7, repository: 70, number: 1 }, headSha: "1-old", baseRef: "main" },
    ]);
    await publications.save(known, "1-old", "redline/main", { ...open, runs: 1 });
    expect(await publications.leftOn(known, "1-old")).toEqual([]);
  });

  test("are told where an override was granted, and not where one was refused (O04, R32)", async () => {
    const known = await checked(pull(2), "2-old", "redline/main");
    const { overrides } = opened().store;
    await overrides.append(known, [{ ...asked(2, "2-old"), status: "refused" }]);
    expect(await left(known)).toEqual([]);
    await overrides.append(known, [{ ...asked(2, "2-old"), status: "granted" }]);
    expect(await left(known)).toEqual([["2-old", "main"]]);
  });

  test("are not the check of the present head and base, this pull request's or another's, unless it is closed", async () => {
    const known = await checked(pull(3), "3-now", "redline/main");
    await checked(known, "4-now", "redline/main");
    await opened().store.pulls.observe(pull(4));
    await ended("3-now", 30);
    await ended("4-now", 31);
    expect(await left(known)).toEqual([]);
    await opened().store.pulls.observe({ ...known, open: false });
    expect(await left(known)).toEqual([["3-now", "main"]]);
    await opened().store.pulls.observe(pull(4, { open: false }));
    expect((await left(known)).length).toBe(2);
  });

  test("are none of a pull request that was merged, nor those that say closed or that another one writes", async () => {
    const known = await checked(pull(5), "5-failed", "redline/main", { checkState: "failure" });
    await checked(known, "5-another's", "redline/main", { checkRunId: null });
    await checked(known, "5-unknown", "redline/main", { runs: null });
    await checked(known, "5-doubtful", "redline/main", { checkRunId: null, checkState: null });
    for (const headSha of ["5-failed", "5-another's", "5-unknown", "5-doubtful"]) await ended(headSha, 50);
    expect(await left(known)).toEqual([["5-doubtful", "main"]]);
    await opened().store.pulls.merged(known);
    expect(await left(known)).toEqual([]);
  });
});
