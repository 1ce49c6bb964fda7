import { describe, expect, test } from "vitest";
import { figure, type Text, text } from "../../src/model/text.js";
import { markdown } from "../../src/report/markdown.js";
import { visible } from "../../src/report/visible.js";
import { type Node, nodes, ofType, trees } from "./cmark.js";
import { cases } from "./hostile.js";

test.each<[string, Text, string]>([
  ["our words stand as they are", text`Use \`CREATE INDEX CONCURRENTLY\`, please.`, "Use `CREATE INDEX CONCURRENTLY`, please."],
  ["figures are ours", text`${figure("231 ms")} of ${figure("+12.3 %")}`, "231 ms of +12.3 %"],
  ["foreign words are code", text`${"@octocat"} wrote`, "`@octocat` wrote"],
  ["the fence is longer than any run of backticks", text`${"a``b`c"}`, "```a``b`c```"],
  ["a backtick at the edge is padded", text`${"`a"}`, "`` `a ``"],
  ["spaces at both edges are kept", text`${" a "}`, "`  a  `"],
  ["emptiness is shown", text`${""}`, "`(empty)`"],
  ["stars and tags of ours are escaped", text`SELECT count(*) FROM <t>`, "SELECT count(\\*) FROM \\<t>"],
  ["an unbalanced backtick of ours opens nothing", text`a \`b ${"x"}`, "a 'b `x`"],
  ["a code span of ours does not touch a foreign one", text`\`a\`${"x"}`, "`a` `x`"],
  ["a backslash of ours does not escape a fence", text`\\${"x"}`, "\\ `x`"],
  ["line breaks of ours are spaces", ["a\n# b"], "a # b"],
])("%s", (_, sentence, rendered) => {
  expect(markdown(sentence)).toBe(rendered);
});

test("in a cell a figure stays with its unit and an arrow with what it leads to; in running text every space is plain", () => {
  const shown = [["33.3 µs → 8 ms"], ["+12 % (5 %)"], ["5 a side"]];
  expect(shown.map((each) => markdown(each, "cell"))).toEqual(["33.3\u00A0µs →\u00A08\u00A0ms", "+12\u00A0% (5\u00A0%)", "5 a side"]);
  expect(markdown(["33.3 µs → 8 ms"])).toBe("33.3 µs → 8 ms");
  expect(markdown(["see `2 s`"], "cell")).toBe("see `2 s`");
});

test("a pipe in a cell is escaped, wherever it comes from", () => {
  expect(markdown(text`a|b ${"c|d"}`, "cell")).toBe("a\\|b `c\\|d`");
  expect(markdown(text`${"c\\|d"}`, "cell")).toBe("`c\\U+007Cd`");
});

describe("links", () => {
  const link = (label: string, url: string): string => markdown([{ label, url }]);

  test("words of ours are plain, everything else is code", () => {
    expect(link("run 12", "https://github.com/a/b/actions/runs/12")).toBe("[run 12](https://github.com/a/b/actions/runs/12)");
    expect(link("5f0c2b1", "https://github.com/a/b/commit/5f0c2b1")).toBe("[`5f0c2b1`](https://github.com/a/b/commit/5f0c2b1)");
    expect(link("deadbee", "https://x.example")).toBe("[`deadbee`](https://x.example)");
    expect(link("#1", "https://x.example:8443/a")).toBe("[`#1`](https://x.example:8443/a)");
  });

  test.each([
    "http://x.example",
    "javascript:alert(1)",
    "https://x.example/a)b",
    "https://x.example/a b",
    "https://user@x.example/",
    "https://x.example/`",
    "https://x.example/\n",
    "//x.example",
    `https://x.example/${"a".repeat(800)}`,
  ])("%j is not linked to", (url) => {
    expect(link("run 12", url)).toBe("run 12");
  });
});

test("an endless sentence is cut", () => {
  const endless = Array.from({ length: 1000 }, () => ({ foreign: "x".repeat(100) }));
  expect(markdown(endless).length).toBeLessThan(2_600);
  expect(markdown(endless)).toMatch(/ …$/);
});

/** GitHub's own readings of text outside code: mentions, issues, closing words, commits. */
const GITHUB = /(?:^|[^\w`])@[a-z\d]|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|\b(?:fix|close|resolve)\w*\b/iu;

const PASSIVE = new Set(["paragraph", "text", "code", "emph", "softbreak", "table", "table_header", "table_row", "table_cell"]);

const words = (blocks: readonly Node[]): string =>
  blocks
    .flatMap((block) => ofType(block, "text"))
    .map((node) => node.literal)
    .join("");

describe("whatever a stranger writes", () => {
  const inputs = cases(3_000);

  test("stays inside code spans in a sentence, exactly as shown (M02)", () => {
    const parsed = trees(inputs.map((input) => markdown(text`Before ${input} between ${input} after.`)));
    expect(parsed).toHaveLength(inputs.length);
    parsed.forEach((blocks, index) => {
      const all = blocks.flatMap((block) => [block, ...nodes(block)]);
      expect(all.map((node) => node.type)).toEqual(["paragraph", "text", "code", "text", "code", "text"]);
      expect(words(blocks)).toBe("Before  between  after.");
      expect(all.filter((node) => node.type === "code").map((node) => node.literal)).toEqual(Array(2).fill(visible(inputs[index]!)));
    });
  });

  test("stays inside code spans at the start of a line and between two others", () => {
    const parsed = trees(
      inputs.map((input, index) => markdown([{ foreign: input }, { foreign: inputs[(index * 7) % inputs.length]! }, " end"])),
    );
    expect(parsed).toHaveLength(inputs.length);
    for (const blocks of parsed) {
      expect(blocks.flatMap(nodes).every((node) => PASSIVE.has(node.type))).toBe(true);
      expect(words(blocks)).toMatch(/^ ? end$/);
    }
  });

  test("makes as many rows and cells as there are rows and cells (M04)", () => {
    const row = (input: string): string => `| ${markdown(text`${input}`, "cell")} | ${markdown(text`a ${input} b`, "cell")} | 1 |`;
    const parsed = trees([`| A | B | C |\n| --- | --- | --- |\n${inputs.map(row).join("\n")}`]);
    expect(parsed[0]!.map((block) => block.type)).toEqual(["table"]);
    const rows = ofType(parsed[0]![0]!, "table_row");
    expect(rows).toHaveLength(inputs.length);
    rows.forEach((each, index) => {
      expect(each.children.map((cell) => cell.children.map((node) => node.type))).toEqual([["code"], ["text", "code", "text"], ["text"]]);
      const shown = visible(inputs[index]!).replaceAll("\\|", "\\U+007C");
      expect(ofType(each, "code").map((node) => node.literal)).toEqual([shown, shown]);
    });
  });

  test("leaves nothing in the text that GitHub would act upon, links with such a label included (M01)", () => {
    const documents = inputs.map((input) =>
      markdown([...text`See ${input} in `, { label: input, url: "https://github.com/acme/shop" }, "."]),
    );
    trees(documents).forEach((blocks) => {
      expect(words(blocks)).not.toMatch(GITHUB);
      const links = blocks.flatMap((block) => ofType(block, "link"));
      expect(links.map((node) => node.attributes.destination)).toEqual(["https://github.com/acme/shop"]);
    });
  });
});
