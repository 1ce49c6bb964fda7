import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultKeep } from "../../src/main/keep.js";
import { createLog } from "../../src/main/log.js";
import { type Running, startServer } from "../../src/main/server.js";
import { type StartedDouble, startDouble } from "../github-double/client.mjs";
import { appId, keys, secret } from "../github-double/stage.js";
import { type FreshCache, freshCache } from "../sandbox/planner/fresh-cache.js";
import { openMemory } from "../store/memory.js";
import { plannerChildren } from "./planner-children.js";

const repository = "acme/shop";

let github: StartedDouble;
let cache: FreshCache;
let running: Running;
const lines: string[] = [];

const settings = async () => ({
  appId,
  privateKey: keys.app.privateKey,
  secrets: [secret],
  webhookPath: "/api/github/webhooks",
  apiUrl: github.api,
  docsUrl: undefined,
  paced: false,
  host: "127.0.0.1",
  port: 0,
  databaseUrl: undefined,
  keep: defaultKeep,
  resultCap: 200_000_000,
  dataDirectory: ":memory:",
  cacheDirectory: cache.folder,
  planners: 1,
  logLevel: "info",
  memory: openMemory,
});

beforeAll(async () => {
  cache = freshCache();
  github = await startDouble();
  running = await startServer(await settings(), createLog("info", { write: (line) => lines.push(line) }));
  const url = `http://127.0.0.1:${running.port}/api/github/webhooks`;
  await github.registerApp({ id: appId, publicKey: keys.app.publicKey, webhook: { url, secret } });
  const files = { "migrations/1_a.sql": "CREATE TABLE a (id int);\n" };
  await github.createRepository({ owner: "acme", name: "shop", organization: true, files });
  await github.install({ app: appId, owner: "acme" });
  await github.settle();
  await running.idle();
});

afterAll(async () => {
  await running.stop(5000);
  await github.stop();
  cache.remove();
});

async function open(branch: string, sql: string): Promise<number> {
  await github.push({ repository, branch, by: "alice", files: { "migrations/2_b.sql": sql } });
  return (await github.openPull({ repository, head: branch, user: "alice" })).number;
}

const settled = async (): Promise<void> => {
  await github.settle();
  await running.idle();
};

const conclusions = async (number: number) => (await github.checkRuns({ repository, number })).map(({ conclusion }) => conclusion);
const said = (message: string): readonly string[] => lines.filter((line) => line.includes(`"msg":"${message}"`));

describe("the server's planner", () => {
  it("is started once for a head that is reviewed twice, whose tarball is downloaded once, and is named in the log", async () => {
    const number = await open("hidden", "ALTER TABLE a ADD COLUMN hidden int;\n");
    await settled();
    const { mark } = await github.mark();
    await github.label({ repository, number, label: "anything", user: "alice" });
    await settled();
    expect(said("planner session").map((line) => JSON.parse(line))).toMatchObject([
      { level: "info", schema: "cold", filesRun: 2, kills: 0 },
    ]);
    const { operations } = await github.count({ since: mark });
    expect(said("reconciled").length).toBeGreaterThan(1);
    expect(Object.keys(operations)).not.toContain("repos/download-tarball-archive");
    expect(lines.join("")).not.toContain("hidden");
  });

  it("ends with the server, whatever it does, and nothing is said that the next start would have to take back", async () => {
    const number = await open("asleep", "SELECT pg_sleep(1000);\n");
    await expect.poll(() => plannerChildren(process.pid), { timeout: 90_000 }).not.toEqual([]);
    await running.stop(0);
    await expect.poll(() => plannerChildren(process.pid)).toEqual([]);
    // In progress, or, when the end came within the first moment, not there yet: closed both.
    expect((await conclusions(number)).filter((conclusion) => conclusion !== null)).toEqual([]);
  });
});
