import { beforeAll, expect, it } from "vitest";
import { type Shop, useHarness } from "./harness.js";
import { changed, overBudget } from "./over-budget.js";
import { loadArtifact } from "./results.js";

const harness = useHarness();
const HOUR_MS = 3_600_000;

/** Nina is in the team as well. Neither she nor Maria has a part in any change. */
beforeAll(() => harness.github.setMembership({ organization: "acme", team: "perf-team", user: "nina", state: "active" }));

const says = ({ repository }: Shop, number: number, user: string, body: string) =>
  harness.act(() => harness.github.comment({ repository, number, body, user }));

async function presses(shop: Shop, number: number, user: string) {
  const { repository } = shop;
  const { id } = (await shop.check(number)) ?? { id: 0 };
  return harness.act(() => harness.github.requestAction({ repository, check_run: id, identifier: "request-override", user }));
}

/** State and page of the check, and the audit: what is decided stands in both. */
async function seen(shop: Shop, number: number) {
  const { state, summary } = (await shop.check(number)) ?? { state: "none", summary: "" };
  const [, section = ""] = summary.split("### Override\n");
  const lines = (section.split("###", 1)[0] ?? "").split("\n").filter((line) => line.startsWith("- "));
  return { state, lines, audit: await shop.audit(number) };
}

const line = (words: RegExp): unknown => expect.stringMatching(words);

const PART = "has a part in it: as author, committer or co-author of one of its commits, or by pushing them";

it("where two have to agree one is not enough, whoever has a part in the change is none, and another one opens (O01, O15)", async () => {
  const { shop, number } = await overBudget(harness, {
    overrides: "{ quorum: 2 }",
    message: "Discounts\n\nCo-authored-by: Dev <dev-two@users.noreply.github.com>",
  });
  await harness.github.setMembership({ organization: "acme", team: "perf-team", user: "dev-two", state: "active" });
  await shop.label(number, "maria");
  await says(shop, number, "maria", "/redline override once more");
  await says(shop, number, "dev-two", "/redline override I need it");
  await presses(shop, number, "dev");
  expect(await seen(shop, number)).toEqual({
    state: "failure",
    lines: [
      line(/^- ⏳ Not enough yet: `maria` put the label .* 1 more person of 2 must agree/),
      line(/^- ❌ Refused: `dev` pressed “Request override” .*`dev` is the author/),
      line(/^- ❌ Refused: `dev-two` asked in a comment .*`dev-two` has a part in it/),
    ],
    audit: [
      "maria label granted",
      "maria command granted",
      `dev-two command refused dev-two ${PART}`,
      "dev button refused dev is the author of this pull request",
    ],
  });
  await says(shop, number, "nina", "/redline override for the sale");
  const { state, lines, audit } = await seen(shop, number);
  expect([state, lines[0], audit.at(-1)]).toEqual(["success", line(/^- ✅ Granted: `maria` .*, with `nina`/), "nina command granted"]);
});

it("an override that expires says until when, gives notice, and ends with nobody doing anything (O10)", async () => {
  const { shop, number } = await overBudget(harness, { overrides: "{ expires: 2h }" });
  await shop.label(number, "maria");
  expect(await seen(shop, number)).toMatchObject({ state: "success", lines: [line(/It ends on 20\d\d-/), line(/Budget exceeded/)] });
  await harness.later(HOUR_MS + 1);
  expect(await seen(shop, number)).toMatchObject({ state: "success", lines: [line(/It ends soon: on 20\d\d-/), line(/Budget exceeded/)] });
  await harness.later(HOUR_MS);
  expect(await seen(shop, number)).toEqual({
    state: "failure",
    lines: [line(/No longer valid: `maria` .* It ended because its time is over/)],
    audit: ["maria label granted", "maria label void its time is over"],
  });
  expect([await shop.labels(number), await shop.mergeable(number)]).toEqual([[], false]);
});

it("where a reason is required the label asks for it, a comment that gives one opens, and closes when it is deleted", async () => {
  const { shop, repository, number } = await overBudget(harness, { overrides: "{ reason: required }" });
  await shop.label(number, "maria");
  const refused = "a reason is required: write `/redline override` and the reason in a comment";
  expect(await seen(shop, number)).toEqual({
    state: "failure",
    lines: [line(/^- ❌ Refused: `maria` put the label .*a reason is required/)],
    audit: [`maria label refused ${refused}`],
  });
  expect(await shop.labels(number)).toEqual([]);
  const { id } = await says(shop, number, "maria", "/redline override the import runs once");
  const granted = await seen(shop, number);
  expect([granted.state, granted.lines[0]]).toEqual([
    "success",
    line(/^- ✅ Granted: `maria` asked in a comment .*`the import runs once`/),
  ]);
  expect((await shop.records(number)).at(-1)).toMatchObject({ reason: "the import runs once", covers: [{ worth: 0.06 }], why: null });
  await harness.act(() => harness.github.deleteComment({ repository, comment: id, user: "dev" }));
  const ended = await seen(shop, number);
  expect([ended.state, ended.audit.at(-1)]).toEqual(["failure", "maria command void the comment is gone"]);
});

it("the check's button asks for its head: refused to the author, granted to the team, over with the head (O01, O04)", async () => {
  const { shop, number } = await overBudget(harness);
  await presses(shop, number, "dev");
  expect((await seen(shop, number)).state).toBe("failure");
  await presses(shop, number, "maria");
  expect((await seen(shop, number)).state).toBe("success");
  await shop.push("discounts", changed(3));
  await shop.ci(number, loadArtifact({ p99: 60 }));
  expect(await seen(shop, number)).toEqual({
    state: "failure",
    lines: [line(/^- ⚠️ No longer valid: `maria` pressed “Request override” .* a new head was pushed/)],
    audit: ["dev button refused dev is the author of this pull request", "maria button granted", "maria button void a new head was pushed"],
  });
});

it("an override is void when the pull request goes to another base branch, and the way back does not revive it (O11)", async () => {
  const { shop, repository, number } = await overBudget(harness);
  await shop.label(number, "maria");
  await harness.github.createBranch({ repository, branch: "release" });
  await harness.act(() => harness.github.editPull({ repository, number, base: "release", user: "dev" }));
  // What it opened is closed, though the pull request has left it: it may come back before any event of that.
  const [left, now] = [await shop.check(number), await shop.check(number, "redline/release")];
  expect([left?.state, now?.state, await shop.labels(number)]).toEqual(["action_required", "failure", []]);
  expect(now?.summary).toMatch(/No longer valid: `maria` .* the base branch is now `release`/);
  await harness.act(() => harness.github.editPull({ repository, number, base: "main", user: "dev" }));
  const audit = ["maria label granted", "maria label void the base branch is now release"];
  expect(await seen(shop, number)).toMatchObject({ state: "failure", audit });
});

it("an override covers what was shown: a worse figure on the same head ends it (O09)", async () => {
  const { shop, number } = await overBudget(harness);
  await shop.label(number, "maria");
  await shop.ci(number, loadArtifact({ p99: 90 }));
  expect(await seen(shop, number)).toMatchObject({
    state: "failure",
    lines: [line(/No longer valid: `maria` .* it does not cover what closes the gate now: Budget exceeded/)],
    audit: ["maria label granted", line(/^maria label void it does not cover/)],
  });
  expect(await shop.labels(number)).toEqual([]);
});

it("the signed body of an old label, sent again under another id, opens nothing: neither its own head nor a later one (R08)", async () => {
  const { shop, repository, number } = await overBudget(harness);
  await shop.label(number, "maria");
  const labelled = (await harness.github.deliveries()).findLast(({ action }) => action === "labeled");
  await harness.act(() => harness.github.unlabel({ repository, number, label: "perf-override", user: "dev" }));
  const closed = { state: "failure", audit: ["maria label granted", "maria label void the label was taken off"] };
  expect(await seen(shop, number)).toMatchObject(closed);
  if (labelled) await harness.replay(labelled);
  expect(await seen(shop, number)).toMatchObject(closed);
  await shop.push("discounts", changed(3));
  await shop.ci(number, loadArtifact({ p99: 60 }));
  if (labelled) await harness.replay(labelled);
  expect(await seen(shop, number)).toMatchObject(closed);
});

it("a push is no way around a figure that closed the gate: it is open again when the same workflow has measured the new head (R28)", async () => {
  const { shop, number } = await overBudget(harness, { critical: "" });
  await shop.push("discounts", changed(3));
  expect(await shop.check(number)).toMatchObject({
    state: "in_progress",
    title: expect.stringMatching(/has not measured this head, and at [0-9a-f]{7} it said: Budget exceeded/),
  });
  expect(await shop.mergeable(number)).toBe(false);
  await shop.ci(number, loadArtifact({ p99: 20 }));
  expect([(await shop.check(number))?.state, await shop.mergeable(number)]).toEqual(["success", true]);
});
