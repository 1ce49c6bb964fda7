import { describe, expect, it } from "vitest";
import { filesOf, useHarness } from "./harness.js";

const harness = useHarness();
const change = filesOf("shop/head");

/** A pull request whose checkout is over its budget. */
async function blocked(user = "dev") {
  const shop = await harness.shop();
  const { number } = await shop.pull("discounts", change, user);
  await shop.ci(number);
  expect(await shop.mergeable(number)).toBe(false);
  return { shop, repository: shop.repository, number };
}

describe("the label", () => {
  it.each([
    ["a stranger", "stranger", /`stranger` is not a member of `perf-team`/],
    ["the author, though in the team", "dev", /`dev` is the author/],
    ["somebody whose invitation is pending", "pia", /`pia` has not yet accepted/],
    ["a bot", "labeler[bot]", /`labeler\[bot\]` is not a person/],
  ])("put by %s is taken off, answered with the reason, and opens nothing", async (_, user, reason) => {
    const { shop, number } = await blocked();
    const { total } = await shop.label(number, user);
    expect(await shop.labels(number)).toEqual([]);
    expect(await shop.comment(number)).toMatch(reason);
    expect(await shop.mergeable(number)).toBe(false);
    expect(total).toBeLessThanOrEqual(5);
  });

  it("put by a member of the team opens the gate; check and comment say who, when and for what", async () => {
    const { shop, number } = await blocked();
    const { total } = await shop.label(number, "maria");
    expect(await shop.check(number)).toMatchObject({
      state: "success",
      title: expect.stringMatching(/^Overridden by maria: Budget exceeded/),
    });
    const comment = await shop.comment(number);
    expect(comment).toMatch(/`maria` put the label `perf-override` on 2026-\d\d-\d\d/);
    expect(comment).toContain("latency_p99");
    expect(await shop.mergeable(number)).toBe(true);
    // Two of them look whether anything moved around the write that opens.
    expect(total).toBeLessThanOrEqual(5);
  });

  it("of another name asks for nothing", async () => {
    const { shop, number } = await blocked();
    await shop.label(number, "maria", "documentation");
    expect(await shop.labels(number)).toEqual(["documentation"]);
    expect(await shop.mergeable(number)).toBe(false);
  });
});

describe("an override", () => {
  it("is void after a push: closed, the label taken off, the reason given", async () => {
    const { shop, number } = await blocked();
    await shop.label(number, "maria");
    await shop.push("discounts", { "shop/new.py": "print()\n" });
    expect(await shop.mergeable(number)).toBe(false);
    expect(await shop.labels(number)).toEqual([]);
    expect(await shop.comment(number)).toMatch(/No longer valid: `maria` put the label .*a new head was pushed/);
  });

  it("is void when anybody takes the label off", async () => {
    const { shop, repository, number } = await blocked();
    await shop.label(number, "maria");
    await harness.act(() => harness.github.unlabel({ repository, number, label: "perf-override", user: "dev" }));
    expect(await shop.mergeable(number)).toBe(false);
    expect(await shop.check(number)).toMatchObject({ state: "failure" });
  });

  it("is not revived by a push back to its head (O04, R32)", async () => {
    const { shop, repository, number } = await blocked();
    await shop.label(number, "maria");
    const { head } = await harness.github.pull({ repository, number });
    await shop.push("discounts", { "shop/new.py": "print()\n" });
    // Before any event of the push back arrives.
    expect((await harness.github.oracle({ repository, branch: "main", sha: head.sha })).mergeable).toBe(false);
    await harness.act(() => harness.github.push({ repository, branch: "discounts", by: "dev", to: head.sha }));
    expect(await shop.mergeable(number)).toBe(false);
    expect(await shop.check(number)).toMatchObject({ state: "failure" });
  });
});

describe("the configuration", () => {
  const path = ".github/redline.yml";

  it("is the base branch's: a pull request cannot loosen its own, and is told when its change applies", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", { ...change, [path]: "mode: advisory\n" });
    await shop.ci(number);
    expect(await shop.check(number)).toMatchObject({ state: "failure" });
    expect(await shop.comment(number)).toMatch(/after the merge/);
  });

  it("that is invalid closes the gate with file and line, and a change that only mends it may pass", async () => {
    const shop = await harness.shop({ [path]: "endpoints:\n  /a: { latency_p9: 100ms }\n" });
    const { number } = await shop.pull("docs", { "README.md": "x\n" });
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
    expect(await shop.comment(number)).toMatch(/redline\.yml`?:? ?.*2/);
    const mending = await shop.pull("mend", { [path]: "mode: advisory\n" });
    expect(await shop.check(mending.number)).toMatchObject({ state: "success" });
  });

  it("is read anew when the base branch moves", async () => {
    const { shop, number } = await blocked();
    await shop.push("main", { [path]: "mode: advisory\n" });
    expect(await shop.check(number)).toMatchObject({ state: "success", title: expect.stringMatching(/^Advisory/i) });
  });
});
