import { describe, expect, test } from "vitest";
import { renderComment } from "../../src/report/comment.js";
import { type Node, nodes, ofType, tree, trees } from "./cmark.js";
import { cases, infected, taking } from "./hostile.js";
import { actionRequired, advisory, all, blocked, huge, open, overridden, refused, unconfigured, waiting } from "./reviews.js";

const marker = "<!-- redline:review -->";
const docsUrl = "https://github.com/acme/redline/blob/main/docs";
const comment = (review: Parameters<typeof renderComment>[0]): string => renderComment(review, { marker, docsUrl });
const firstLine = (review: Parameters<typeof renderComment>[0]): string => comment(review).split("\n")[0]!;

test.each(Object.entries(all))("the comment on a pull request that is %s", async (name, review) => {
  await expect(`${comment(review)}\n`).toMatchFileSnapshot(`../fixtures/report/comment/${name}.md`);
});

describe("line 1", () => {
  test("says the verdict, what to do and who may approve", () => {
    expect(firstLine(blocked)).toMatch(/^❌ \*\*`\/api\/checkout` latency_p99 231 ms is over its budget of 200 ms.*`perf-team`.*\*\*/);
    expect(firstLine(blocked)).toContain("blocked.md#budget-exceeded");
  });

  test.each([
    ["⏳", waiting, "evidence-missing"],
    ["❌", actionRequired, "configuration-invalid"],
    ["⚠️", advisory, "budget-exceeded"],
    ["⚠️", overridden, "budget-exceeded"],
  ])("starts with %s and links to what to do", (mark, review, anchor) => {
    expect(firstLine(review).startsWith(`${mark} **`)).toBe(true);
    expect(firstLine(review)).toContain(`[what to do](${docsUrl}/blocked.md#${anchor})`);
  });

  test("links nowhere when the gate is open", () => {
    expect(firstLine(open)).toBe("✅ **No performance budget is exceeded**");
  });
});

test("the marker is the last line, and only when there is one", () => {
  expect(comment(blocked).split("\n").at(-1)).toBe(marker);
  expect(renderComment(blocked, { marker: "" })).not.toContain("redline:review");
});

test("without an address of the docs nothing links there", () => {
  expect(renderComment(blocked, { marker })).not.toContain("what to do");
});

test("a local review links nowhere", () => {
  expect(ofType(tree(comment(unconfigured)), "link").map((node) => node.attributes.destination)).toEqual([
    `${docsUrl}/blocked.md#blocking-finding`,
  ]);
});

test("a refused label is answered with the reason", () => {
  expect(comment(refused)).toContain("It opens nothing: `mallory` is the author of this pull request.");
});

test("what matters is open, the rest is folded", () => {
  const opened = comment(blocked).split("<details>")[0]!;
  expect(opened).toContain("index-create-blocking");
  expect(opened).toContain("like-leading-wildcard");
  expect(opened).not.toContain("offset-pagination");
  expect(opened).not.toContain("order-by-random");
  expect(comment(blocked)).toContain("with the reason `200 rows, for ever`");
});

describe("room", () => {
  test.each([0, 1, 50, 200, 215, 220, 5_000])("with %i findings it stays within 65,000 units and says what is left out", (size) => {
    const body = comment(huge(size));
    expect(body.length).toBeLessThanOrEqual(65_000);
    expect(body.endsWith(marker)).toBe(true);
    const shown = body.match(/^- (?:❌|⚠️) \[`db\/migrate/gmu)?.length ?? 0;
    const left = Number(/… and (\d+) more, left out/.exec(body)?.[1] ?? 0);
    expect(shown + (shown < size ? left : 0)).toBe(size);
  });

  test("the room is used: another row would not have fitted", () => {
    expect(comment(huge(5_000)).length).toBeGreaterThan(64_500);
  });

  test("blocking findings are the last to be left out", () => {
    const body = comment(huge(1_000));
    expect(body.match(/^- ❌ \[`db\/migrate/gmu)).toHaveLength(100);
  });

  test("a long marker takes its own room", () => {
    const long = `<!-- ${"x".repeat(5_000)} -->`;
    const body = renderComment(huge(5_000), { marker: long });
    expect(body.length).toBeLessThanOrEqual(65_000);
    expect(body.endsWith(long)).toBe(true);
  });

  test("14 endless answers, an endless title and endless violations still fit", () => {
    const endless = Array.from({ length: 5_000 }, () => ({ foreign: "|`<b>".repeat(30) }));
    const checklist = blocked.checklist.map((line) => ({ ...line, outcome: { status: "passed" as const, seen: endless } }));
    const verdict = { ...overridden.verdict, title: endless, violations: Array(5_000).fill(endless) };
    expect(comment({ ...huge(10), checklist, verdict }).length).toBeLessThanOrEqual(65_000);
  });
});

describe("whatever strangers write", () => {
  const strings = cases(2_000);
  const shape = (blocks: readonly Node[]): readonly string[] =>
    blocks
      .flatMap((block) => [block, ...nodes(block)])
      .filter((node) => node.type !== "link")
      .map((node) => (["text", "html_block", "html_inline"].includes(node.type) ? `${node.type} ${node.literal}` : node.type));

  test.each(Object.entries(all))("the comment that is %s keeps every node but the contents of its code spans (M02)", (_, review) => {
    const next = taking(strings);
    const documents = Array.from({ length: 40 }, () => comment(infected(review, next)));
    const [expected, ...found] = trees([comment(review), ...documents]).map(shape);
    expect(found).toHaveLength(40);
    for (const each of found) expect(each).toEqual(expected);
  });

  test("links lead to the repository and the docs only (M02)", () => {
    const next = taking(strings);
    const documents = Array.from({ length: 40 }, () => comment(infected(blocked, next)));
    const links = ofType(tree(documents.join("\n\n")), "link").map((node) => node.attributes.destination!);
    expect(links.length).toBeGreaterThan(400);
    for (const url of links) expect(url).toMatch(/^https:\/\/github\.com\/acme\/(?:shop|redline)\/[\w./%#~-]+$/);
  });
});
