import { describe, expect, it } from "vitest";
import type { KnownPull } from "../../src/store/store.js";
import { reconcile } from "../../src/worker/reconcile.js";
import { FakeGitHub } from "../github/fake-github.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const work = (known: KnownPull, github: FakeGitHub) =>
  reconcile({ key: known, sequence: 1, reason: "test", fence: 1, attempt: 0, failingSince: null }, stage.dependencies(github));
describe("an installation", () => {
  it("has the check's name published once on the default branch", async () => {
    const known = await stage.pull({ number: 0, group: "installation:main" });
    const github = writable();
    await work(known, github);
    await stage.store.pulls.observe(known);
    await work(known, github);
    expect(github.sent).toMatchObject([{ parameters: { name: "redline/main", conclusion: "success" } }]);
  });
});

describe("a pull request", () => {
  it("that is closed, or unknown, is left alone", async () => {
    const github = new FakeGitHub();
    await work(await stage.pull({ open: false }), github);
    await work({ ...(await stage.pull()), number: 9999 }, github);
    expect(github.sent).toEqual([]);
  });

  it("that is gone from GitHub is closed in the store", async () => {
    const known = await stage.pull();
    expect(await work(known, writable())).toBeNull();
    expect(await stage.store.pulls.get(known)).toMatchObject({ open: false });
  });
});
