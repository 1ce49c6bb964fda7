import { describe, expect, it } from "vitest";
import { useHarness } from "./harness.js";
import { CONFIGURATION, changed, overBudget, small } from "./over-budget.js";
import { loadArtifact } from "./results.js";

const harness = useHarness();

describe("the label", () => {
  it.each([
    ["a stranger (O03)", "stranger", /`?stranger`? is not a member of `?perf-team`?/],
    ["the author, though in the team (O01)", "dev", /`?dev`? is the author/],
    ["somebody whose invitation is pending (O03)", "pia", /`?pia`? has not yet accepted/],
    ["a bot (O02)", "labeler[bot]", /`?labeler\[bot\]`? is not a person/],
  ])("put by %s is taken off, answered with the reason, and opens nothing", async (_, user, reason) => {
    const { shop, number } = await overBudget(harness);
    const { total } = await shop.label(number, user);
    expect(await shop.labels(number)).toEqual([]);
    expect(await shop.audit(number)).toEqual([expect.stringMatching(reason)]);
    expect(await shop.comment(number)).toMatch(reason);
    expect(await shop.mergeable(number)).toBe(false);
    expect(total).toBeLessThanOrEqual(5);
  });

  it("put by a member of the team opens the gate; check and comment say who, when and for what", async () => {
    const { shop, number } = await overBudget(harness);
    const { total } = await shop.label(number, "maria");
    expect(await shop.check(number)).toMatchObject({
      state: "success",
      title: expect.stringMatching(/^Overridden by maria: Budget exceeded/),
    });
    const comment = await shop.comment(number);
    expect(comment).toMatch(/`maria` put the label `perf-override` on 2026-\d\d-\d\d/);
    expect(comment).toContain("latency_p99");
    expect(await shop.audit(number)).toEqual(["maria label granted"]);
    expect(await shop.mergeable(number)).toBe(true);
    // Two of them look whether anything moved around the write that opens.
    expect(total).toBeLessThanOrEqual(5);
  });

  it("of another name asks for nothing", async () => {
    const { shop, number } = await overBudget(harness);
    await shop.label(number, "maria", "documentation");
    expect(await shop.labels(number)).toEqual(["documentation"]);
    expect(await shop.mergeable(number)).toBe(false);
  });
});

describe("an override", () => {
  it("is void after a push: closed, the label taken off, the reason given (O04)", async () => {
    const { shop, number } = await overBudget(harness);
    await shop.label(number, "maria");
    await shop.push("discounts", changed(3));
    expect(await shop.mergeable(number)).toBe(false);
    expect(await shop.labels(number)).toEqual([]);
    expect(await shop.comment(number)).toMatch(/No longer valid: `maria` put the label .*a new head was pushed/);
    expect(await shop.audit(number)).toEqual(["maria label granted", "maria label void a new head was pushed"]);
  });

  it("is void when anybody takes the label off (O06)", async () => {
    const { shop, repository, number } = await overBudget(harness);
    await shop.label(number, "maria");
    await harness.act(() => harness.github.unlabel({ repository, number, label: "perf-override", user: "dev" }));
    expect(await shop.mergeable(number)).toBe(false);
    expect(await shop.check(number)).toMatchObject({ state: "failure", summary: expect.stringContaining("the label was taken off") });
    expect(await shop.audit(number)).toEqual(["maria label granted", "maria label void the label was taken off"]);
  });

  it("is not revived by a push back to its head (O04, R32)", async () => {
    const { shop, repository, number } = await overBudget(harness);
    await shop.label(number, "maria");
    const { head } = await harness.github.pull({ repository, number });
    await shop.push("discounts", changed(3));
    // Before any event of the push back arrives.
    expect((await harness.github.oracle({ repository, branch: "main", sha: head.sha })).mergeable).toBe(false);
    await harness.act(() => harness.github.push({ repository, branch: "discounts", by: "dev", to: head.sha }));
    expect(await shop.mergeable(number)).toBe(false);
    expect(await shop.check(number)).toMatchObject({ state: "failure" });
  });
});

describe("the configuration", () => {
  it("is the base branch's: a pull request cannot loosen its own, and is told when its change applies", async () => {
    const shop = await harness.shop(small());
    const { number } = await shop.pull("discounts", { ...changed(2), [CONFIGURATION]: "mode: advisory\n" });
    await shop.ci(number, loadArtifact({ p99: 60 }));
    expect(await shop.check(number)).toMatchObject({ state: "failure" });
    expect(await shop.comment(number)).toMatch(/after the merge/);
  });

  it("that is invalid closes the gate with file and line, and a change that only mends it may pass", async () => {
    const shop = await harness.shop({ [CONFIGURATION]: "endpoints:\n  /a: { latency_p9: 100ms }\n" });
    const { number } = await shop.pull("docs", { "README.md": "x\n" });
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
    expect(await shop.comment(number)).toMatch(/redline\.yml`?:? ?.*2/);
    const mending = await shop.pull("mend", { [CONFIGURATION]: "mode: advisory\n" });
    expect(await shop.check(mending.number)).toMatchObject({ state: "success" });
  });

  it("is read anew when the base branch moves", async () => {
    const { shop, number } = await overBudget(harness);
    await shop.push("main", { [CONFIGURATION]: "mode: advisory\n" });
    expect(await shop.check(number)).toMatchObject({ state: "success", title: expect.stringMatching(/^Advisory/i) });
  });
});
