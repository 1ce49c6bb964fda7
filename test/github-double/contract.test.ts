import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, jwt, raiseStage, repository, type Stage, shop } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.stop());

const token = async () => {
  const url = `${stage.github.api}/app/installations/${stage.installation}/access_tokens`;
  return ((await ask(url, { method: "POST", token: jwt(), body: {} })).json as { token: string }).token;
};

describe("the contract", () => {
  it("describes only operations that the double serves", async () => {
    const text = readFileSync(new URL("openapi/github.json", import.meta.url), "utf8");
    const { operations } = JSON.parse(text) as { operations: { id: string; method: string; path: string }[] };
    const { mark } = await stage.github.mark();
    for (const { method, path } of operations) await ask(stage.github.api + path.replaceAll(/\{\w+\}/g, "1"), { method });
    const reached = await stage.github.journal({ since: mark });
    expect(reached.map(({ operation }) => operation)).toEqual(operations.map(({ id }) => id));
  });

  it("answers a request that GitHub does not describe with 500 and keeps it as a violation", async () => {
    const body = { name: "redline/main", head_sha: stage.head, output: { title: "t", summary: "s", annotations: [{ path: "a" }] } };
    const asked = await ask(`${stage.github.api}/repos/${repository}/check-runs`, { method: "POST", token: await token(), body });
    expect(asked).toMatchObject({ status: 500, json: { errors: [expect.stringContaining("start_line")] } });
    expect(await stage.github.violations()).toMatchObject([{ operation: "checks/create", violation: { side: "request" }, status: 500 }]);
    expect(await stage.github.checkRuns({ repository, number: 1 })).toEqual([]);
  });

  it("answers 500 itself when its own answer is not what GitHub describes", async () => {
    await fetch(`${stage.github.control}/openPull`, { method: "POST", body: JSON.stringify({ repository, head: "feature", title: 5 }) });
    const asked = await ask(`${stage.github.api}/repos/${repository}/pulls/2`);
    expect(asked).toMatchObject({ status: 500, json: { errors: [expect.stringContaining("/title must be string")] } });
    expect((await stage.github.violations()).at(-1)).toMatchObject({ operation: "pulls/get", violation: { side: "response" } });
  });
});

describe("the journal", () => {
  it("keeps who called what with which body and answer, and no token", async () => {
    const { mark } = await stage.github.mark();
    const secretToken = await token();
    await ask(`${stage.github.api}/repos/${repository}/issues/1/comments`, { method: "POST", token: secretToken, body: { body: "hello" } });
    await ask(`${stage.github.api}/api/v3/repos/${repository}?page=2`);
    await ask(`${stage.github.api}/unknown`, { token: secretToken });
    const entries = await stage.github.journal({ since: mark });
    expect(entries).toMatchObject([
      { operation: "apps/create-installation-access-token", auth: { kind: "jwt", app: 77 }, status: 201, token: true },
      { operation: "issues/create-comment", auth: { kind: "installation" }, body: { body: "hello" }, status: 201, write: true },
      { operation: "repos/get", path: `/repos/${repository}`, query: "?page=2", auth: { kind: "none" }, status: 200 },
      { operation: null, path: "/unknown", status: 404 },
    ]);
    expect(JSON.stringify(entries)).not.toContain(secretToken);
  });

  it("counts calls since a mark, without tokens unless they are asked for", async () => {
    const { mark } = await stage.github.mark();
    await token();
    await stage.app.rest.repos.get(shop);
    await stage.app.rest.repos.get(shop);
    const operations = { "repos/get": 2 };
    const counted = await stage.github.count({ since: mark });
    expect(counted).toEqual({ total: 2, operations });
    expect((await stage.github.count({ since: mark, tokens: true })).total).toBeGreaterThan(2);
  });
});
