import { afterAll, beforeAll, expect, it } from "vitest";
import { type StartedDouble, startDouble } from "../github-double/client.mjs";
import { appClient, appId, secret } from "../github-double/stage.js";
import { compare } from "./compare.js";
import { checkOn, prepare, resultsOf } from "./ground.js";
import { readOptions } from "./options.js";
import { type Program, startProgram } from "./program.js";
import type { Subject } from "./subject.js";

let github: StartedDouble;
let program: Program;

beforeAll(async () => {
  github = await startDouble({ clock: "real" });
  const settings = { kind: "plain" as const, apiUrl: `${github.api}/api/v3`, store: {}, complain: () => undefined };
  program = await startProgram(settings);
});
afterAll(async () => {
  program?.child.kill("SIGKILL");
  await program?.exited;
  await github?.stop();
});

it("the plain App passes a run of one pull request when nothing goes wrong", async () => {
  const [repository = ""] = await prepare(github, { ...readOptions([]), kind: "plain", repositories: 1 }, program.port);
  const push = () => github.push({ repository, branch: "change", by: "dev", files: { "a.conf": `${Math.random()}\n` } });
  const checks = async () => (await github.checkRuns({ repository, number: 1 })).at(-1);
  await push();
  const { head_sha: first } = await github.openPull({ repository, head: "change", user: "dev" });
  await expect.poll(async () => (await checks())?.status).toBe("in_progress");
  await github.completeRun({ repository, number: 1, artifacts: resultsOf(300) });
  await expect.poll(async () => (await checks())?.conclusion).toBe("failure");
  const { sha } = await push();
  await github.completeRun({ repository, number: 1, artifacts: resultsOf(50), expect: "open" });
  await expect.poll(async () => (await checks())?.conclusion).toBe("success");
  await github.settle();
  const heads = [first, sha].map((one) => ({ sha: one, free: false, runs: [{ id: 1, p99: 50 }], override: "none" as const }));
  const subject: Subject = { repository, number: 1, branch: "change", free: false, base: "main", open: true, heads, pushes: 1 };
  expect(await compare(github, "plain", [subject])).toEqual([]);
  expect(await github.wrongMoments()).toEqual([]);
  expect((await github.comments({ repository, number: 1 })).length).toBe(1);
  expect(await github.violations()).toEqual([]);
});

it("the comparison sees what is lost, double and stale", async () => {
  const repository = "acme/shop-0";
  await github.push({ repository, branch: "other", by: "dev", files: { "b.conf": "b\n" }, wait: false });
  await github.setWebhook({ app: appId, url: "http://127.0.0.1:9/", secret });
  const { number, head_sha: sha } = await github.openPull({ repository, head: "other", user: "dev" });
  const heads = [{ sha, free: false, runs: [{ id: 1, p99: 500 }], override: "none" as const }];
  const subject: Subject = { repository, number, branch: "other", free: false, base: "main", open: true, heads, pushes: 0 };
  const kinds = async () => (await compare(github, "plain", [subject])).map(({ kind }) => kind);
  expect(await kinds()).toEqual(["lost", "lost"]);
  await github.createCheckRun({ repository, app: appId, name: checkOn("plain", "main"), head_sha: sha, conclusion: "success" });
  expect(await kinds()).toEqual(["stale", "lost"]);
  expect(await github.wrongMoments()).toMatchObject([{ fault: "never", number, head: sha }]);
  const [installation] = (await github.deliveries()).map((one) => one.installation);
  const app = appClient(github.api, installation ?? 0);
  const say = { owner: "acme", repo: "shop-0", issue_number: number, body: "Nothing of the head" };
  await app.rest.issues.createComment(say);
  expect(await kinds()).toEqual(["stale", "stale"]);
  await app.rest.issues.createComment(say);
  expect(await kinds()).toEqual(["stale", "duplicate"]);
});
