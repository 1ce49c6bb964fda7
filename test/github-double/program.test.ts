import { afterEach, describe, expect, it } from "vitest";
import { connectDouble, type StartedDouble, startDouble } from "./client.mjs";
import { ask } from "./stage.js";

const started: StartedDouble[] = [];
const start = async (options = {}) => {
  const github = await startDouble(options);
  started.push(github);
  return github;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((github) => github.stop()));
});

const author = { name: "acme", email: "acme@users.noreply.example" };
const first = {
  key: "first",
  files: { "a.txt": "hello\n", "db/m/1.sql": "SELECT 1;\n", "db.txt": "x" },
  message: "First",
  author,
  date: "2026-01-01T00:00:00Z",
};

describe("the program", () => {
  it("serves three origins until it is told to stop", async () => {
    const github = await startDouble();
    expect(new Set([github.api, github.blobs, github.control]).size).toBe(3);
    expect(await (await connectDouble(github)).now()).toEqual({ now: "2026-01-05T09:00:00Z" });
    await github.stop();
    await expect(fetch(github.control)).rejects.toThrow("fetch failed");
  });

  it("makes the same world from the same seed and the same acts", async () => {
    const live = async (seed: string) => {
      const github = await start({ seed });
      await github.createRepository({ owner: "acme", name: "shop", files: { a: "1" } });
      await github.push({ repository: "acme/shop", branch: "b", files: { a: "2" } });
      const pull = await github.openPull({ repository: "acme/shop", head: "b" });
      return { pull, token: await github.createToken({ user: "alice" }) };
    };
    const world = await live("one");
    expect(await live("one")).toEqual(world);
    expect((await live("two")).token).not.toEqual(world.token);
  });

  it("moves its clock by one second for each act, and as far as it is told", async () => {
    const github = await start({ start: "2026-03-01T00:00:00Z" });
    await github.createUser({ login: "alice" });
    expect(await github.now()).toEqual({ now: "2026-03-01T00:00:01Z" });
    expect(await github.advance({ seconds: 3600 })).toMatchObject({ now: "2026-03-01T01:00:02Z" });
  });

  it("says what it does not know", async () => {
    const github = await start();
    expect(await ask(`${github.control}/nonsense`, { method: "POST" })).toMatchObject({
      status: 404,
      json: { error: 'there is no command "nonsense"' },
    });
    await expect(github.pull({ repository: "no/where", number: 1 })).rejects.toMatchObject({ status: 404 });
  });
});

describe("its git", () => {
  it("gives commits and trees the SHAs that git gives them", async () => {
    const github = await start();
    await github.createRepository({ owner: "acme", name: "shop" });
    const { commits } = await github.loadCommits({ repository: "acme/shop", commits: [first], branches: { main: "first" } });
    expect(commits.first).toBe("833d08a477afe3c29e7e5f88231fe2e984b887f7");
    const { json } = await ask(`${github.api}/repos/acme/shop/commits/main`);
    expect(json).toMatchObject({ commit: { tree: { sha: "72c74b58c68d7707344172d7ab96123330721540" } } });
  });

  it("keeps the SHAs of a real history, finds renames and the merge base of a criss-cross", async () => {
    const github = await start();
    await github.createRepository({ owner: "acme", name: "shop" });
    const sha = "c0ffee".padEnd(40, "0");
    await github.loadCommits({
      repository: "acme/shop",
      commits: [
        { ...first, sha },
        { key: "left", parents: [sha], files: { "left.txt": "l\n" }, date: "2026-01-02T00:00:00Z" },
        { key: "right", parents: [sha], files: { "db.txt": null, "renamed.txt": "x" }, date: "2026-01-03T00:00:00Z" },
        { key: "merged", parents: ["left", "right"], files: { "renamed.txt": "x", "db.txt": null }, date: "2026-01-04T00:00:00Z" },
        { key: "on", parents: ["right"], files: { "more.txt": "m\n" }, date: "2026-01-05T00:00:00Z" },
      ],
      branches: { main: "left", right: "right", merged: "merged", on: "on" },
    });
    const compare = async (basehead: string) => (await ask(`${github.api}/repos/acme/shop/compare/${basehead}`)).json;
    expect(await compare("main...right")).toMatchObject({
      merge_base_commit: { sha },
      files: [{ filename: "renamed.txt", previous_filename: "db.txt", status: "renamed", changes: 0 }],
    });
    const right = await ask(`${github.api}/repos/acme/shop/commits/right`);
    expect(await compare("merged...on")).toMatchObject({ merge_base_commit: { sha: (right.json as { sha: string }).sha }, ahead_by: 1 });
    expect(await compare("main...main")).toMatchObject({ status: "identical", files: [] });
  });
});
