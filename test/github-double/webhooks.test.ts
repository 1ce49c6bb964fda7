import { createHmac } from "node:crypto";
import { Probot } from "probot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appClient, appId, clean, keys, raiseStage, repository, type Stage, secret, shop } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

const names = (deliveries: readonly { event: string; action: string | null }[]) =>
  deliveries.map(({ event, action }) => (action === null ? event : `${event}.${action}`));

const last = () => {
  const received = stage.received.at(-1);
  if (!received) throw new Error("nothing was received");
  return { headers: received.headers, body: received.body, payload: JSON.parse(received.body) };
};

const bob = { repository, number: 1, user: "bob" };

describe("a webhook", () => {
  it("is signed over its exact bytes and carries GitHub's headers", async () => {
    await stage.github.editPull({ ...bob, title: "Größer schneller ✓" });
    const { headers, body } = last();
    expect(body).toContain("Größer schneller ✓");
    expect(headers["x-hub-signature-256"]).toBe(`sha256=${createHmac("sha256", secret).update(body, "utf8").digest("hex")}`);
    const probot = new Probot({ appId, privateKey: keys.app.privateKey, secret });
    await probot.ready();
    expect(await probot.webhooks.verify(body, String(headers["x-hub-signature-256"]))).toBe(true);
    expect(await probot.webhooks.verify(`${body} `, String(headers["x-hub-signature-256"]))).toBe(false);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
      "x-github-hook-installation-target-id": "77",
      "x-github-hook-installation-target-type": "integration",
      "user-agent": expect.stringMatching(/^GitHub-Hookshot\//),
    });
  });

  it("names installation, repository, organization and sender", () => {
    expect(last().payload).toMatchObject({
      action: "edited",
      installation: { id: stage.installation },
      repository: { full_name: repository },
      organization: { login: "acme" },
      sender: { login: "bob", type: "User" },
      changes: { title: { from: "feature" } },
    });
  });

  it("is recorded with the receiver's answer, listed for the app, and sent again with the same GUID and bytes", async () => {
    const before = last();
    const guid = String(before.headers["x-github-delivery"]);
    const own = appClient(stage.github.api);
    const { data } = await own.rest.apps.listWebhookDeliveries({ per_page: 1 });
    expect(data).toMatchObject([{ guid, event: "pull_request", action: "edited", status: "OK", status_code: 202, redelivery: false }]);
    await own.rest.apps.redeliverWebhookDelivery({ delivery_id: data[0]?.id ?? 0 });
    await stage.github.settle();
    expect(last().body).toBe(before.body);
    expect(last().headers["x-github-delivery"]).toBe(guid);
    expect(await stage.github.redeliver({ guid })).toMatchObject({ guid, redelivery: true, statusCode: 202 });
  });

  it("that nobody answers is a failure in the list, and is not tried again", async () => {
    await stage.github.registerApp({ id: 78, slug: "deaf", publicKey: "", webhook: { url: "http://127.0.0.1:9/", secret } });
    const { deliveries } = await stage.github.install({ app: 78, owner: "someone" });
    expect(deliveries).toMatchObject([{ event: "installation", statusCode: 0, status: "failed to connect to host" }]);
  });
});

describe("the events of a pull request's life", () => {
  it("start with the installation, the push and the opening", async () => {
    expect(stage.received.slice(0, 4).map(({ headers }) => headers["x-github-event"])).toEqual([
      "installation",
      "push",
      "check_suite",
      "pull_request",
    ]);
  });

  it("follow pushes, forced or not, with what was and what is", async () => {
    const { sha, before, deliveries } = await stage.github.push({ repository, branch: "feature", by: "alice", files: { "n.txt": "1\n" } });
    expect(names(deliveries)).toEqual(["push", "check_suite.requested", "pull_request.synchronize"]);
    expect(last().payload).toMatchObject({ before, after: sha, pull_request: { head: { sha } } });
    const forced = await stage.github.push({ repository, branch: "feature", by: "alice", parent: stage.base, files: { "n.txt": "2\n" } });
    const pushes = stage.received.filter(({ headers }) => headers["x-github-event"] === "push").map(({ body }) => JSON.parse(body));
    expect(pushes.at(-1)).toMatchObject({ forced: true, before: sha, after: forced.sha });
    expect(pushes.at(-2)).toMatchObject({ forced: false, commits: [{ added: ["n.txt"] }] });
  });

  it("follow labels, with the label's id and the head", async () => {
    expect(names((await stage.github.label({ ...bob, label: "perf-override" })).deliveries)).toEqual(["pull_request.labeled"]);
    expect(last().payload).toMatchObject({ label: { name: "perf-override", id: expect.any(Number) }, sender: { login: "bob" } });
    expect(names((await stage.github.unlabel({ ...bob, label: "perf-override" })).deliveries)).toEqual(["pull_request.unlabeled"]);
  });

  it("follow a new base, drafts, closing and reopening", async () => {
    await stage.github.createBranch({ repository, branch: "release" });
    await stage.github.editPull({ ...bob, base: "release" });
    expect(last().payload).toMatchObject({ changes: { base: { ref: { from: "main" } } }, pull_request: { base: { ref: "release" } } });
    await stage.github.editPull({ ...bob, base: "main" });
    expect(names((await stage.github.convertToDraft(bob)).deliveries)).toEqual(["pull_request.converted_to_draft"]);
    expect(names((await stage.github.readyForReview(bob)).deliveries)).toEqual(["pull_request.ready_for_review"]);
    expect(names((await stage.github.closePull(bob)).deliveries)).toEqual(["pull_request.closed"]);
    expect(names((await stage.github.reopenPull(bob)).deliveries)).toEqual(["pull_request.reopened"]);
  });

  it("follow comments and what was in them", async () => {
    const { data } = await stage.app.rest.issues.createComment({ ...shop, issue_number: 1, body: "- [ ] load test" });
    await stage.github.settle();
    expect(last().payload).toMatchObject({ action: "created", sender: { login: "redline[bot]" } });
    await stage.github.editComment({ repository, comment: data.id, body: "- [x] load test", user: "alice" });
    expect(last().payload).toMatchObject({
      action: "edited",
      changes: { body: { from: "- [ ] load test" } },
      comment: { body: "- [x] load test" },
      issue: { number: 1, pull_request: {} },
      sender: { login: "alice" },
    });
  });

  it("follow check runs, whose requests reach their own app only", async () => {
    const { data } = await stage.app.rest.checks.create({ ...shop, name: "redline/main", head_sha: stage.head, conclusion: "failure" });
    await stage.github.requestAction({ repository, check_run: data.id, identifier: "details", user: "bob" });
    expect(last().payload).toMatchObject({
      action: "requested_action",
      requested_action: { identifier: "details" },
      check_run: { id: data.id },
    });
    expect(names((await stage.github.rerequestCheckRun({ repository, check_run: data.id })).deliveries)).toEqual(["check_run.rerequested"]);
    const suite = await stage.github.rerequestCheckSuite({ repository, check_run: data.id });
    expect(names(suite.deliveries)).toEqual(["check_suite.rerequested"]);
    await stage.github.registerApp({ id: 79, slug: "other", publicKey: "" });
    const foreign = await stage.github.createCheckRun({ repository, app: 79, name: "lint", head_sha: stage.head });
    expect((await stage.github.rerequestCheckRun({ repository, check_run: foreign.id })).deliveries).toEqual([]);
  });

  it("follow workflow runs of forks without a pull request, and heads whose fork is gone", async () => {
    await stage.github.fork({ repository, owner: "mallory" });
    await stage.github.push({ repository: "mallory/shop", branch: "feature", by: "mallory", files: { "README.md": "forked\n" } });
    const { number } = await stage.github.openPull({ repository, head: "mallory:feature", user: "mallory" });
    const { deliveries } = await stage.github.completeRun({ repository, number });
    expect(names(deliveries)).toEqual(["workflow_run.requested", "workflow_run.completed"]);
    expect(last().payload).toMatchObject({ workflow_run: { pull_requests: [], head_repository: { full_name: "mallory/shop" } } });
    await stage.github.deleteHeadRepository({ repository, number });
    await stage.github.label({ repository, number, user: "bob", label: "slow" });
    expect(last().payload.pull_request.head).toMatchObject({ repo: null, user: null });
    expect((await stage.app.rest.pulls.get({ ...shop, pull_number: number })).data.head.repo).toBeNull();
  });

  it("follow the merge queue", async () => {
    const group = await stage.github.requestMergeGroup(bob);
    expect(last().payload).toMatchObject({
      action: "checks_requested",
      merge_group: {
        head_sha: group.head_sha,
        base_ref: "refs/heads/main",
        head_ref: expect.stringMatching(/^refs\/heads\/gh-readonly-queue\/main\/pr-1-/),
      },
    });
    const destroyed = await stage.github.destroyMergeGroup({ repository, head_sha: group.head_sha });
    expect(names(destroyed.deliveries)).toEqual(["merge_group.destroyed"]);
  });

  it("end with the merge and the push to the base branch", async () => {
    const { sha, deliveries } = await stage.github.mergePull(bob);
    expect(names(deliveries)).toEqual(["pull_request.closed", "push", "check_suite.requested"]);
    expect(await stage.github.pull({ repository, number: 1 })).toMatchObject({
      merged: true,
      merged_by: { login: "bob" },
      merge_commit_sha: sha,
    });
  });
});
