import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTarball } from "../../src/github/tarball.js";
import { plain } from "../../src/model/text.js";
import { readTarball } from "../../src/sandbox/tree.js";
import { clean, raiseStage, type Stage } from "../github-double/stage.js";
import { FakeGitHub } from "./fake-github.js";

const shop = { owner: "acme", name: "shop" };
const ROUTE = "GET /repos/{owner}/{repo}/tarball/{ref}";

describe("against the local GitHub", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage();
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  test("a commit's files come in one call, and without the App's token", async () => {
    const { data } = await stage.app.rest.repos.getCommit({ ...shop, owner: "acme", repo: "shop", ref: "main" });
    const tarball = await openTarball(stage.app, shop, data.sha, stage.github.api);
    if ("refused" in tarball) throw new Error(plain(tarball.refused));
    const tree = await readTarball(tarball.pieces, [() => true]);
    if (tree.status === "absent") throw new Error(plain(tree.reason));
    expect(tree.value[0]?.files.length).toBeGreaterThan(0);
    expect((await stage.github.blobJournal()).map(({ authorization }) => authorization)).toEqual([false]);
  });
});

describe("the host of an archive", () => {
  const refusal = async (location: string | undefined, api = "https://api.github.com"): Promise<string> => {
    const github = new FakeGitHub({ [ROUTE]: () => ({ status: 302, headers: { location }, data: null }) });
    const tarball = await openTarball(github, shop, "abc", api);
    return "refused" in tarball ? plain(tarball.refused) : "opened";
  };

  test.each([
    ["https://evil.example/x", "evil.example is no host of GitHub's archives"],
    ["http://codeload.github.com/x", "codeload.github.com is no host of GitHub's archives"],
    ["http://169.254.169.254/latest", "169.254.169.254 is no host of GitHub's archives"],
    ["https://codeload.github.com.evil.example/x", "codeload.github.com.evil.example is no host of GitHub's archives"],
    [undefined, "GitHub named no place for the repository's archive"],
  ])("is GitHub's, or nothing is fetched: %s", async (location, expected) => expect(await refusal(location)).toBe(expected));
});
