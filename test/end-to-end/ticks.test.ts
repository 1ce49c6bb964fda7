import { describe, expect, it } from "vitest";
import { filesOf, type Shop, useHarness } from "./harness.js";

const harness = useHarness();
/** Python alone, so that nothing is planned; nobody but a person says how its work grows. */
const change = { "shop/prices.py": "def price(): return 1\n" };
const LINE = "**Algorithmic complexity is acceptable**";
const OWN = "**`Discounts are rounded once`**";

/** Edits our comment as a person, or a bot, does in the browser. */
async function edit(shop: Shop, number: number, user: string, rewrite: (body: string) => string) {
  const [comment] = await shop.comments(number);
  const body = rewrite(comment?.body ?? "");
  return harness.act(() => harness.github.editComment({ repository: shop.repository, comment: comment?.id ?? 0, body, user }));
}

const tick = (shop: Shop, number: number, user: string, line = LINE) =>
  edit(shop, number, user, (body) => body.replace(`- [ ] ${line}`, `- [x] ${line}`));

const untick = (shop: Shop, number: number, user: string, line = LINE) =>
  edit(shop, number, user, (body) => body.replace(`- [x] ${line}`, `- [ ] ${line}`));

describe("a tick", () => {
  it("is recorded with name, time and head, and can be taken back", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", change);
    const { calls, total } = await tick(shop, number, "maria");
    expect(await shop.comment(number)).toMatch(/- \[x\] \*\*Algorithmic.*ticked by `maria` at 2026-.* UTC for `[0-9a-f]{7}`/);
    expect(calls).toMatchObject({ "repos/get-collaborator-permission-level": 1, "issues/update-comment": 1 });
    expect(total).toBe(3);
    await untick(shop, number, "maria");
    expect(await shop.comment(number)).toContain(`- [ ] ${LINE}`);
  });

  it("survives a push elsewhere, and is void when the code that it was about changes", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", change);
    await tick(shop, number, "maria");
    await shop.push("discounts", { "README.md": "# The shop\n" });
    expect(await shop.comment(number)).toMatch(/- \[x\] \*\*Algorithmic.*ticked by `maria`/);
    await shop.push("discounts", { "shop/new.py": "print()\n" });
    expect(await shop.comment(number)).toMatch(/- \[ \] \*\*Algorithmic.*the tick of `maria` for `[0-9a-f]{7}` is void/);
    await tick(shop, number, "maria");
    expect(await shop.comment(number)).toMatch(/- \[x\] \*\*Algorithmic.*ticked by `maria`/);
  });

  it("of the author, or of a bot, is marked as such", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", change);
    await tick(shop, number, "dev");
    expect(await shop.comment(number)).toMatch(/- \[x\] \*\*Algorithmic.*ticked by `dev`, the author of this pull request,/);
    await untick(shop, number, "dev");
    await tick(shop, number, "github-actions[bot]");
    expect(await shop.comment(number)).toMatch(/- \[x\] \*\*Algorithmic.*ticked by `github-actions\[bot\]`, a bot,/);
  });

  it("of somebody who may not write any more changes nothing", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", change);
    const before = await shop.comment(number);
    await harness.github.setCollaborator({ repository: shop.repository, user: "stranger", role: "read" });
    await tick(shop, number, "stranger");
    expect(await shop.comment(number)).toBe(before);
  });

  it("on a line that a machine answered changes nothing, and our text is put right", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", change);
    await shop.ci(number);
    const before = await shop.comment(number);
    await edit(shop, number, "dev", (body) => body.replaceAll("❌", "✅"));
    expect(await shop.comment(number)).toBe(before);
    expect(await shop.mergeable(number)).toBe(false);
  });
});

describe("a line of the team's own", () => {
  const configured = {
    ...filesOf("shop/base"),
    ".github/redline.yml": `
on_budget_exceed: { block_merge: true, require_approval: perf-team }
checklist:
  lines:
    - { text: Discounts are rounded once, paths: ["shop/**"], help: see docs/money.md, required: true }
`,
  };
  const discounts = { "shop/money.py": "def rounded(value):\n    return value\n" };

  it("is shown only where a changed file matches", async () => {
    const shop = await harness.shop(configured);
    const { number } = await shop.pull("docs", { "README.md": "# x\n" });
    expect(await shop.comment(number)).not.toContain(OWN);
    expect(await shop.check(number)).toMatchObject({ state: "success" });
  });

  it("closes the gate where it is required, until a second person has ticked it", async () => {
    const shop = await harness.shop(configured);
    const { number } = await shop.pull("discounts", discounts);
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
    expect(await shop.comment(number)).toMatch(
      /- \[ \] \*\*`Discounts.*required to merge, not checked: .*`shop\/money.py`: `see docs\/money.md`/,
    );
    await tick(shop, number, "dev", OWN);
    expect(await shop.check(number)).toMatchObject({ state: "action_required", title: expect.stringContaining("a second person has to") });
    await tick(shop, number, "dev", OWN);
    expect(await shop.mergeable(number)).toBe(false);
    await untick(shop, number, "dev", OWN);
    await tick(shop, number, "maria", OWN);
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    expect(await shop.mergeable(number)).toBe(true);
    await untick(shop, number, "stranger", OWN);
    expect(await shop.mergeable(number)).toBe(false);
  });
});
