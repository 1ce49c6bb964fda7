import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readChange } from "../../src/github/change.js";
import { compareSides } from "../../src/github/changed-files.js";
import { readFacts } from "../../src/github/facts.js";
import { readSnapshot } from "../../src/github/snapshot.js";
import { clean, raiseStage, type Stage } from "../github-double/stage.js";

const pull = { owner: "acme", name: "shop", number: 1 };
let stage: Stage;

beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

const compared = async () => ({
  ...pull,
  headSha: stage.head,
  baseRef: "main",
  compared: await compareSides(stage.app, { ...pull, base: "main", head: stage.head }),
});

describe("a pull request and its change", () => {
  test("are read in two calls, and are what three calls read", async () => {
    const { mark } = await stage.github.mark();
    const change = await readChange(stage.app, await compared());
    expect((await stage.github.count({ since: mark })).operations).toEqual({
      "repos/compare-commits-with-basehead": 1,
      "graphql/PullRequestChange": 1,
    });
    const facts = await readFacts(stage.app, pull);
    expect(change?.facts).toEqual(facts);
    expect(change?.read).toEqual(facts && (await readSnapshot(stage.app, facts)));
  });

  test("are gone when the pull request is", async () => {
    expect(await readChange(stage.app, { ...(await compared()), number: 99 })).toBeNull();
  });

  test("leave the change open when head or base moved since they were compared: what is compared is never another pair's (D01)", async () => {
    const before = await compared();
    const { sha } = await stage.github.push({ repository: "acme/shop", branch: "main", by: "bob", files: { "README.md": "2\n" } });
    expect(await readChange(stage.app, before)).toMatchObject({ facts: { base: { sha } }, read: null });
    expect((await readChange(stage.app, await compared()))?.read?.snapshot.base.sha).toBe(sha);
    expect(await readChange(stage.app, { ...(await compared()), headSha: sha })).toMatchObject({ facts: {}, read: null });
  });

  test("leave it open when the comparison's list is not as long as the pull request's (D01)", async () => {
    const { compared: whole, ...rest } = await compared();
    const cut = { ...whole, files: whole.files.slice(1) };
    expect(await readChange(stage.app, { ...rest, compared: cut })).toMatchObject({ facts: { changedFiles: 2 }, read: null });
  });
});
