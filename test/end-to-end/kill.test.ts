import { afterEach, beforeEach, expect, it } from "vitest";
import { artifactsOf, filesOf } from "../demo/world.mjs";
import { type StartedDouble, startDouble } from "../github-double/client.mjs";
import { appId, keys, secret } from "../github-double/stage.js";
import { directory, environmentOf, type Server, start } from "../main/process.js";
import { type FreshCache, freshCache } from "../sandbox/planner/fresh-cache.js";
import { plantStore } from "../store/data-directory.js";

const repository = "acme/shop";
const at = { repository, number: 1 };
let github: StartedDouble;
let environment: Record<string, string>;
let server: Server;
let cache: FreshCache;

/** Without SQL: what is killed here is the App, and no start of a planner adds to what it is about. */
const withoutSql = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith(".sql")));

/** Starts the App as a process on the same data as before. */
async function boot(): Promise<void> {
  server = await start(environment);
  await github.setWebhook({ app: appId, url: `http://127.0.0.1:${server.port}/api/github/webhooks`, secret });
}

async function kill(): Promise<void> {
  server.child.kill("SIGKILL");
  await server.exited;
}

const check = async () => (await github.checkRuns(at)).at(-1);
const comments = async () => (await github.comments(at)).map(({ body }) => body ?? "");

beforeEach(async () => {
  github = await startDouble();
  cache = freshCache();
  environment = { ...environmentOf(directory(), github.api), REDLINE_CACHE_DIR: cache.folder };
  await plantStore(environment.REDLINE_DATA ?? "");
  await github.registerApp({ id: appId, publicKey: keys.app.publicKey });
  await github.createRepository({ owner: "acme", name: "shop", organization: true, files: withoutSql(filesOf("shop/base")) });
  await github.install({ app: appId, owner: "acme" });
  await boot();
  await github.push({ repository, branch: "discounts", by: "dev", files: withoutSql(filesOf("shop/head")) });
});

afterEach(async () => {
  server.child.kill("SIGKILL");
  await server.exited;
  expect([...(await github.violations()), ...(await github.crashes())]).toEqual([]);
  await github.stop();
  cache.remove();
});

const soon = { timeout: 90_000 };

it("killed right after it took an event in, and again while it writes, the App ends with one comment and the right verdict", async () => {
  const { deliveries } = await github.openPull({ repository, head: "discounts", user: "dev" });
  await kill();
  expect(deliveries).toMatchObject([{ event: "pull_request", action: "opened", statusCode: 202 }]);
  await boot();
  await expect.poll(async () => (await comments()).length, soon).toBe(1);
  const { mark } = await github.mark();
  await github.completeRun({ ...at, artifacts: artifactsOf("head/run-01") });
  await expect.poll(async () => (await github.journal({ since: mark })).some(({ write, token }) => write && !token), soon).toBe(true);
  await kill();
  await boot();
  await expect.poll(async () => (await check())?.conclusion, soon).toBe("failure");
  await expect.poll(async () => (await comments()).join(), soon).toContain("Budget exceeded");
  server.child.kill("SIGTERM");
  expect(await server.exited).toBe(0);
  expect(await comments()).toHaveLength(1);
}, 300_000);
