import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { appId, clean, raiseStage, repository, type Stage, shop } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
  await stage.app.rest.repos.get(shop);
});
afterEach(() => stage.github.setFaults({}));
afterAll(async () => expect(await stage.stop()).toEqual(clean));

const comment = (body: string) => stage.app.rest.issues.createComment({ ...shop, issue_number: 1, body });
const bodies = async () => (await stage.github.comments({ repository, number: 1 })).map(({ body }) => body);
const statusOf = (call: Promise<{ status: number }>) =>
  call.then(
    ({ status }) => status,
    ({ status }) => status,
  );
const lastFaults = async () => (await stage.github.journal()).at(-1)?.faults;

describe("a fault of the API", () => {
  it("strikes the n-th call of a route, without its effect", async () => {
    await stage.github.setFaults({ rules: [{ mode: "fail", route: "issues/create-comment", nth: 2, status: 503 }] });
    expect([await statusOf(comment("one")), await statusOf(comment("two")), await statusOf(comment("three"))]).toEqual([201, 503, 201]);
    expect(await bodies()).toEqual(["one", "three"]);
  });

  it("applies the call and answers 502", async () => {
    await stage.github.setFaults({ rules: [{ mode: "applied-then-502", route: "writes" }] });
    expect(await statusOf(comment("applied"))).toBe(502);
    expect(await bodies()).toContain("applied");
    expect(await lastFaults()).toEqual(["applied-then-502"]);
  });

  it("applies the call and cuts the connection", async () => {
    await stage.github.setFaults({ rules: [{ mode: "applied-then-reset" }] });
    expect(await statusOf(comment("reset"))).toBe(500);
    expect(await bodies()).toContain("reset");
  });

  it.each([
    ["hang", false],
    ["applied-then-hang", true],
    ["drip", true],
  ] as const)("%s does not answer in time, and is applied: %s", async (mode, applied) => {
    await stage.github.setFaults({ rules: [{ mode }] });
    const asked = new AbortController();
    const request = { signal: asked.signal };
    const answer = stage.app.rest.issues.createComment({ ...shop, issue_number: 1, body: `${mode} it`, request });
    const unanswered = expect(answer).rejects.toMatchObject({ status: 500 });
    await expect.poll(lastFaults).toEqual([mode]);
    asked.abort();
    await unanswered;
    expect((await bodies()).includes(`${mode} it`)).toBe(applied);
  });

  it("shows lists and heads as they were, by the machine's clock", async () => {
    await stage.github.setFaults({ rules: [{ mode: "stale-read", ms: 60_000 }] });
    const before = (await stage.github.pull({ repository, number: 1 })).head.sha;
    await comment("fresh");
    const { sha } = await stage.github.push({ repository, branch: "feature", by: "alice", files: { "s.txt": "1\n" } });
    const { data } = await stage.app.rest.issues.listComments({ ...shop, issue_number: 1 });
    expect(data.map(({ body }) => body)).not.toContain("fresh");
    expect((await stage.app.rest.pulls.get({ ...shop, pull_number: 1 })).data.head.sha).toBe(before);
    expect(await lastFaults()).toEqual(["stale-read"]);
    await stage.github.setFaults({});
    expect((await stage.app.rest.pulls.get({ ...shop, pull_number: 1 })).data.head.sha).toBe(sha);
  });

  it.each([
    [{ mode: "limit-primary" as const, resetSeconds: 30 }, 403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": expect.any(String) }],
    [{ mode: "limit-secondary" as const, status: 429, retryAfter: 2 }, 429, { "retry-after": "2" }],
    [{ mode: "limit-secondary" as const, retryAfter: null }, 403, {}],
    [{ mode: "perm-drop" as const }, 403, {}],
  ])("%j is refused with GitHub's status and headers", async (rule, status, headers) => {
    await stage.github.setFaults({ rules: [{ ...rule, times: 1 }] });
    await expect(stage.app.rest.repos.get(shop)).rejects.toMatchObject({ status, response: { headers } });
    expect(await statusOf(stage.app.rest.repos.get(shop))).toBe(200);
  });

  it("is chosen by the seed, whatever else is called meanwhile", async () => {
    const outcomes = async (between: boolean) => {
      await stage.github.setFaults({ seed: "7", rules: [{ mode: "fail", route: "repos/get", probability: 0.5 }] });
      const statuses: number[] = [];
      for (let n = 0; n < 12; n += 1) {
        statuses.push((await statusOf(stage.app.rest.repos.get(shop))) === 200 ? 1 : 0);
        if (between) await stage.app.rest.issues.listComments({ ...shop, issue_number: 1 });
      }
      return statuses;
    };
    const first = await outcomes(false);
    expect(new Set(first).size).toBe(2);
    expect(await outcomes(true)).toEqual(first);
  });
});

describe("a fault of the sender", () => {
  const edit = (title: string) => stage.github.editPull({ repository, number: 1, title, user: "bob" });

  it("drops, and GitHub lists nothing", async () => {
    await stage.github.setFaults({ sender: { drop: 1 } });
    const { deliveries } = await edit("dropped");
    expect(deliveries).toMatchObject([{ status: "never sent", statusCode: 0, faults: ["drop"] }]);
    expect(stage.received.at(-1)?.body).not.toContain("dropped");
  });

  it("duplicates under the same GUID, and replays under another", async () => {
    const count = stage.received.length;
    await stage.github.setFaults({ sender: { duplicate: 1, replay: { ms: 1 } } });
    const { deliveries } = await edit("again");
    const guids = stage.received.slice(count).map(({ headers }) => headers["x-github-delivery"]);
    expect(guids).toHaveLength(3);
    expect(guids.filter((guid) => guid === deliveries[0]?.guid)).toHaveLength(2);
    expect(new Set(stage.received.slice(count).map(({ body }) => body)).size).toBe(1);
  });

  it("lets later deliveries overtake earlier ones", async () => {
    const count = stage.received.length;
    await stage.github.setFaults({ seed: "3", sender: { reorder: { ms: 200 }, parallel: 8 } });
    for (let n = 0; n < 8; n += 1) await stage.github.editPull({ repository, number: 1, title: `t${n}`, user: "bob", wait: false });
    await stage.github.settle();
    const titles = stage.received.slice(count).map(({ body }) => JSON.parse(body).pull_request.title);
    expect(titles).toHaveLength(8);
    expect(titles).not.toEqual(titles.toSorted());
  });
});

describe("an expectation", () => {
  const run = (conclusion: "success" | "failure", sha: string) =>
    stage.app.rest.checks.create({ ...shop, name: "redline/main", head_sha: sha, conclusion });

  it("keeps every mergeable moment of a head that was not allowed, and none that was", async () => {
    await stage.github.setRuleset({ repository, branch: "main", checks: [{ name: "redline/main", integration_id: appId }] });
    await stage.github.expectStrictly({ repository });
    const bad = await stage.github.push({ repository, branch: "feature", by: "alice", files: { "e.txt": "bad\n" } });
    await run("success", bad.sha);
    await run("failure", bad.sha);
    const good = await stage.github.push({ repository, branch: "feature", by: "alice", files: { "e.txt": "good\n" }, expect: "open" });
    await run("success", good.sha);
    const { mark } = await stage.github.mark();
    expect(await stage.github.wrongMoments()).toMatchObject([
      { fault: "never", cause: "checks/create", head: bad.sha, number: 1, call: mark - 2 },
    ]);
  });

  it("lets what was allowed stay open when it is taken back, and not be opened anew", async () => {
    const count = (await stage.github.wrongMoments()).length;
    const { head } = await stage.github.pull({ repository, number: 1 });
    await stage.github.label({ repository, number: 1, label: "slow", user: "bob", expect: "closed" });
    expect(await stage.github.wrongMoments()).toHaveLength(count);
    await run("failure", head.sha);
    await run("success", head.sha);
    expect((await stage.github.wrongMoments()).slice(count)).toMatchObject([{ fault: "reopened", head: head.sha }]);
  });

  it("holds nobody to what they were not told of, and whoever was to it, when people come back to an open check", async () => {
    const { sha } = await stage.github.push({ repository, branch: "feature", by: "alice", files: { "e.txt": "x\n" }, expect: "open" });
    await run("success", sha);
    const count = (await stage.github.wrongMoments()).length;
    const comeBack = async (told: readonly string[]) => {
      await stage.github.expectOpen({ repository, number: 1, head: sha, open: false, told });
      await stage.github.closePull({ repository, number: 1, user: "alice" });
      await stage.github.reopenPull({ repository, number: 1, user: "alice" });
      return (await stage.github.wrongMoments()).slice(count).map(({ cause }) => cause);
    };
    expect(await comeBack([])).toEqual([]);
    const { deliveries } = await stage.github.comment({ repository, number: 1, user: "bob", body: "it is slow" });
    expect(await comeBack(deliveries.map(({ guid }) => guid))).toEqual(["control/reopenPull"]);
  });
});
