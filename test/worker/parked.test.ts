import { describe, expect, it } from "vitest";
import { reconcile } from "../../src/worker/reconcile.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
import { useStage } from "./stage.js";

const stage = useStage();

const failing = (error: Error, others: ConstructorParameters<typeof FakeGitHub>[0] = {}) =>
  new FakeGitHub({
    ...others,
    "POST /repos/{owner}/{repo}/check-runs": () => {
      throw error;
    },
  });

const dirty = (key: { installation: number; repository: number; number: number }) => ({
  key,
  sequence: 1,
  reason: "test",
  fence: 1,
  attempt: 0,
  failingSince: null,
  delivery: null,
});

const tokenRefused = Object.assign(new RequestError(404, "Not Found"), {
  request: { url: "https://api.github.test/app/installations/20/access_tokens" },
});

describe("work that GitHub does not let us do", () => {
  it("is parked for a suspended installation, and asked for no more until it is back (R21)", async () => {
    const pull = await stage.pull({ installation: 10 });
    const github = failing(new RequestError(403, "This installation has been suspended"));
    expect(await reconcile(dirty(pull), stage.dependencies(github))).toBeNull();
    expect(await stage.store.installations.state(10)).toBe("suspended");
    const asked = github.sent.length;
    expect(await reconcile(dirty(pull), stage.dependencies(github))).toBeNull();
    expect(github.sent.length).toBe(asked);
    expect(await stage.store.pulls.open(10)).toEqual([pull]);
  });

  it("is parked where the App was uninstalled and no token is given (R21)", async () => {
    const pull = await stage.pull({ installation: 20 });
    expect(await reconcile(dirty(pull), stage.dependencies(failing(tokenRefused)))).toBeNull();
    expect(await stage.store.installations.state(20)).toBe("removed");
    expect(await stage.store.pulls.open(20)).toEqual([]);
  });

  it("is parked for one repository that is archived (R22)", async () => {
    const pull = await stage.pull({ installation: 30 });
    const other = await stage.pull({ installation: 30, repository: 3 });
    const github = failing(new RequestError(403, "Repository was archived so is read-only."));
    expect(await reconcile(dirty(pull), stage.dependencies(github))).toBeNull();
    expect(await stage.store.pulls.open(30)).toEqual([other]);
  });

  it("is parked for a repository that was taken from the installation in the middle of it (R21)", async () => {
    const pull = await stage.pull({ installation: 40 });
    expect(await reconcile(dirty(pull), stage.dependencies(failing(new RequestError(404, "Not Found"))))).toBeNull();
    expect(await stage.store.pulls.open(40)).toEqual([]);
  });

  it("is parked when the name belongs to another repository now, whatever is found under it (R22, T01)", async () => {
    const pull = await stage.pull({ installation: 50 });
    const github = failing(new RequestError(404, "Not Found"), {
      "GET /repos/{owner}/{repo}": () => ({ id: 999, name: "shop", owner: { login: "acme" }, default_branch: "main" }),
    });
    expect(await reconcile(dirty(pull), stage.dependencies(github))).toBeNull();
    expect(await stage.store.pulls.open(50)).toEqual([]);
  });

  it("goes on at once under the new name of a repository that was renamed (R22)", async () => {
    const pull = await stage.pull({ installation: 60 });
    await stage.store.installations.observe({
      installation: 60,
      repository: 2,
      owner: "acme",
      name: "shop",
      defaultBranch: "main",
      archived: false,
    });
    const github = failing(new RequestError(404, "Not Found"), {
      "GET /repos/{owner}/{repo}": () => ({ id: 2, name: "store", owner: { login: "acme-inc" }, default_branch: "main" }),
    });
    expect(await reconcile(dirty(pull), stage.dependencies(github))).toEqual(stage.now);
    expect(await stage.store.pulls.get(pull)).toMatchObject({ owner: "acme-inc", name: "store", open: true });
  });

  it("is tried again where only that one thing was not found", async () => {
    const pull = await stage.pull({ installation: 70 });
    await stage.store.installations.observe({
      installation: 70,
      repository: 2,
      owner: "acme",
      name: "shop",
      defaultBranch: "main",
      archived: false,
    });
    const github = failing(new RequestError(404, "Not Found"), {
      "GET /repos/{owner}/{repo}": () => ({ id: 2, name: "shop", owner: { login: "acme" }, default_branch: "main" }),
    });
    await expect(reconcile(dirty(pull), stage.dependencies(github))).rejects.toThrow("not-found");
  });
});
