import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, clean, jwt, raiseStage, repository, type Stage, shop } from "./stage.js";

let stage: Stage;
let run: { id: number; artifacts: { id: number; name: string }[] };
beforeAll(async () => {
  stage = await raiseStage();
  const artifacts = { "redline-k6": { "summary.json": '{"metrics":{}}' }, logs: { "out.txt": "x" } };
  run = await stage.github.completeRun({ repository, number: 1, name: "Load test", artifacts });
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

describe("workflow runs", () => {
  it("are read and listed by head, event, branch and status", async () => {
    expect((await stage.app.rest.actions.getWorkflowRun({ ...shop, run_id: run.id })).data).toMatchObject({
      head_sha: stage.head,
      event: "pull_request",
      run_attempt: 1,
      path: ".github/workflows/load-test.yml",
      conclusion: "success",
      pull_requests: [{ number: 1 }],
    });
    const count = async (filter: object) => (await stage.app.rest.actions.listWorkflowRunsForRepo({ ...shop, ...filter })).data.total_count;
    expect(await count({ head_sha: stage.head, event: "pull_request", branch: "feature", status: "completed" })).toBe(1);
    expect(await count({ status: "success" })).toBe(1);
    expect(await count({ head_sha: stage.base })).toBe(0);
    expect(await count({ event: "push" })).toBe(0);
  });

  it("keep their id and count the attempt when they are run again", async () => {
    const { id } = await stage.github.completeRun({ repository, number: 1, name: "Again", artifacts: { a: { f: "1" } } });
    expect((await stage.github.rerun({ repository, run: id, user: "bob" })).attempt).toBe(2);
    await stage.github.completeRun({ repository, run: id, artifacts: { a: { f: "2" } } });
    const { data } = await stage.app.rest.actions.getWorkflowRun({ ...shop, run_id: id });
    expect(data).toMatchObject({ run_attempt: 2, triggering_actor: { login: "bob" }, actor: { login: "alice" } });
    const { data: listed } = await stage.app.rest.actions.listWorkflowRunArtifacts({ ...shop, run_id: id, name: "a" });
    const fresh = listed.artifacts.filter(({ created_at: at }) => Date.parse(at ?? "") >= Date.parse(data.run_started_at ?? ""));
    expect([listed.total_count, fresh.length]).toEqual([2, 1]);
  });

  it("of forks name no pull request", async () => {
    await stage.github.fork({ repository, owner: "mallory" });
    await stage.github.push({ repository: "mallory/shop", branch: "feature", by: "mallory", files: { "README.md": "forked\n" } });
    const { number } = await stage.github.openPull({ repository, head: "mallory:feature", user: "mallory" });
    const { id } = await stage.github.completeRun({ repository, number });
    const { data } = await stage.app.rest.actions.getWorkflowRun({ ...shop, run_id: id });
    expect(data.pull_requests).toEqual([]);
    expect(data.head_repository.full_name).toBe("mallory/shop");
    const found = await stage.app.rest.pulls.list({ ...shop, head: "mallory:feature" });
    expect(found.data.map((pull) => pull.number)).toEqual([number]);
  });
});

describe("artifacts", () => {
  const tokenOf = async () => {
    const url = `${stage.github.api}/app/installations/${stage.installation}/access_tokens`;
    return ((await ask(url, { method: "POST", token: jwt(), body: {} })).json as { token: string }).token;
  };
  const zipUrl = (id: number | undefined) => `${stage.github.api}/repos/${repository}/actions/artifacts/${id}/zip`;

  it("are listed by name with a digest", async () => {
    const { data } = await stage.app.rest.actions.listWorkflowRunArtifacts({ ...shop, run_id: run.id, name: "redline-k6" });
    expect(data.artifacts).toMatchObject([{ name: "redline-k6", expired: false, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);
  });

  it("are downloaded from another host, to which Octokit sends no token", async () => {
    const id = run.artifacts[0]?.id ?? 0;
    const { data } = await stage.app.rest.actions.downloadArtifact({ ...shop, artifact_id: id, archive_format: "zip" });
    const files = unzipSync(new Uint8Array(data as ArrayBuffer));
    expect(strFromU8(files["summary.json"] ?? new Uint8Array())).toBe('{"metrics":{}}');
    expect(await stage.github.blobJournal()).toMatchObject([{ status: 200, authorization: false }]);
  });

  it("are found through an address that is good for a minute", async () => {
    const redirect = await ask(zipUrl(run.artifacts[0]?.id), { token: await tokenOf() });
    const location = redirect.headers.get("location") ?? "";
    expect(redirect.status).toBe(302);
    expect(new URL(location).origin).toBe(stage.github.blobs);
    await stage.github.advance({ seconds: 61 });
    expect(await ask(location)).toMatchObject({ status: 403 });
    expect(await ask(`${location}x`)).toMatchObject({ status: 404 });
    const told = await ask(location, { token: "leaked" });
    expect(told.status).toBe(403);
    expect((await stage.github.blobJournal()).at(-1)).toMatchObject({ authorization: true });
  });

  it("are 410 once they have expired", async () => {
    const { artifacts } = await stage.github.completeRun({ repository, number: 1, artifacts: { old: { f: "1" } } });
    await stage.github.expireArtifact({ repository, artifact: artifacts[0]?.id ?? 0 });
    expect(await ask(zipUrl(artifacts[0]?.id), { token: await tokenOf() })).toMatchObject({ status: 410 });
  });
});
