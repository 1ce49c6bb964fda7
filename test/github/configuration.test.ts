import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfigurationAt } from "../../src/github/configuration.js";
import { clean, raiseStage, repository, type Stage } from "../github-double/stage.js";

const shop = { owner: "acme", name: "shop" };
const path = ".github/redline.yml";
let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => {
  expect(await stage.stop()).toEqual(clean);
});

const pushed = async (content: string | { base64: string }): Promise<string> =>
  (await stage.github.push({ repository, branch: "main", by: "alice", files: { [path]: content } })).sha;

test("a commit without a configuration has none", async () => {
  expect(await readConfigurationAt(stage.app, shop, stage.base)).toEqual({ path, text: null });
});

test("the configuration is the one of that commit", async () => {
  const first = await pushed("mode: advisory # é\n");
  await pushed("mode: blocking\n");
  expect(await readConfigurationAt(stage.app, shop, first)).toEqual({ path, text: "mode: advisory # é\n" });
});

test("what cannot be read is never taken for no configuration", async () => {
  expect(await readConfigurationAt(stage.app, shop, await pushed({ base64: "/w==" }))).toMatchObject({
    text: null,
    unreadable: "it is not UTF-8",
  });
  expect(await readConfigurationAt(stage.app, shop, await pushed("#".repeat(70_000)))).toMatchObject({
    unreadable: "it is larger than 64 KB",
  });
});
