import { describe, expect, it } from "vitest";
import { countRuntime } from "../../src/evidence/runtime.js";
import type { RuntimeEntry, RuntimeRun } from "../../src/model/runtime.js";
import { plain } from "../../src/model/text.js";
import { renderComment } from "../../src/report/comment.js";
import { countSections } from "../../src/report/count-sections.js";
import { entryOf, recordOf, runOf } from "../evidence/recorded.js";
import { unlisted } from "../rules/counting.js";
import { type Node, nodes, trees } from "./cmark.js";
import { cases, taking } from "./hostile.js";
import { open } from "./reviews.js";

const ORDERS = "select * from orders";
const ITEMS = "select * from items where order_id = ?";

const entry = (name: string, count: number, spans = 1): RuntimeEntry => entryOf(name, [runOf({ [ORDERS]: count }, { spans })]);

function section(head: readonly RuntimeEntry[], base: readonly RuntimeEntry[] | null, here: Partial<RuntimeRun> = {}) {
  const earlier = base && { sha: "b".repeat(40), distance: 0, runs: [recordOf(base)] };
  const allow = [{ entry: "export", statement: "*", reason: "pages" }];
  const counted = countRuntime([recordOf(head, here)], earlier, allow);
  const [found] = counted.status === "collected" ? countSections({ runtime: counted.value }) : [];
  if (!found) throw new Error("there is no section");
  return {
    title: plain(found.title),
    rows: found.rows.map((row) => row.map(plain).join(" | ")),
    closing: plain(found.closing ?? []),
    folded: found.folded,
  };
}

describe("countSections", () => {
  it("shows what changed, the largest growth first, and counts what did not", () => {
    const found = section(
      [entry("a", 4), entry("GET /orders", 52, 60), entry("b", 1), entry("same", 3), entry("alike", 3), entry("fresh", 2)],
      [entry("a", 2), entry("GET /orders", 2, 10), entry("b", 9), entry("same", 3), entry("alike", 3), entry("gone", 5)],
    );
    expect(found.title).toBe("Queries per request and test: 7 counted");
    expect(found.rows).toEqual([
      "GET /orders | 2 | 52 | +50 | 10 → 60 | more",
      "a | 2 | 4 | +2 | 1 | more",
      "gone | 5 | – | – | – | not run here",
      "b | 9 | 1 | −8 | 1 | fewer",
      "fresh | – | 2 | – | 1 | new here",
    ]);
    expect(found.closing).toBe("Compared with bbbbbbb. 2 other entries send the same statements as at the base.");
    expect(found.folded).toBe(true);
  });

  it("shows other statements of the same number, and runs that differ", () => {
    const twice = entryOf("twice", [runOf({ [ORDERS]: 1 }), runOf({ [ORDERS]: 4 })]);
    const found = section([twice, entryOf("swapped", [runOf({ [ITEMS]: 2 })])], [entry("twice", 1), entry("swapped", 2)]);
    expect(found.rows).toEqual([
      "swapped | 2 | 2 | 0 | 1 | other statements",
      "twice (2 runs) | 1 | 1–4 | – | 1 | runs differ, not compared: 1 at the base, 2 here",
    ]);
  });

  it("never says unchanged of a record that is not complete", () => {
    const found = section([entry("a", 4), entry("b", 1)], [entry("a", 2), entry("b", 1)], unlisted);
    expect(found.closing).toBe(
      "Compared with bbbbbbb. 1 other entry sent the same, as far as it is recorded. The record is not complete, so every count may be too small: there is no manifest.",
    );
  });

  it("says why nothing is compared, and what is repeated on purpose", () => {
    const found = section([entry("export", 40)], null, { totals: { ...recordOf([]).totals, outside: 3 } });
    expect(found.rows).toEqual(["export | – | 40 | – | 1 | not compared"]);
    expect(found.closing).toBe(
      "Not compared: no record of the merge base or its nearest ancestors is known. 3 statements outside of any test or request are not among them. Repeated on purpose: export 40 × select * from orders (pages).",
    );
  });

  it("says that totals are of all tests together", () => {
    const totals = (count: number) => entryOf("(all statements)", [runOf({ [ORDERS]: count })], { kind: "suite" });
    const found = section([totals(9)], [totals(4)], { source: "traces" });
    expect(found.title).toBe("Queries of all tests together");
    expect(found.rows).toEqual(["(all statements) | 4 | 9 | +5 | 1 | more"]);
  });

  it("keeps to thirty rows, and says how many there are besides", () => {
    const many = (count: number) => Array.from({ length: 45 }, (_, at) => entry(`t${at}`, count + at));
    const found = section(many(2), many(1));
    expect(found.rows).toHaveLength(30);
    expect(found.closing).toContain("15 more rows are in the JSON.");
  });

  it("keeps every node of the comment, whatever strangers call their tests and statements", () => {
    const next = taking(cases(400));
    const review = (name: () => string) => {
      const many = (count: number) => ({ [`${name()}0`]: count, [`${name()}1`]: 1 });
      const head = recordOf([entryOf(name(), [runOf(many(9))], { kind: "endpoint" }), entryOf("gone", [runOf({ b: 1 })])], {
        suite: name(),
      });
      const base = { ...recordOf([entryOf("same", [runOf({ b: 1 })])]), suite: head.suite };
      const earlier = { sha: "b".repeat(40), distance: 0, runs: [base] };
      const counted = countRuntime([head], earlier, [{ entry: "*", statement: "*", reason: name() }]);
      return counted.status === "collected" ? { ...open, runtime: counted.value } : open;
    };
    const shape = (blocks: readonly Node[]): readonly string[] =>
      blocks
        .flatMap((block) => [block, ...nodes(block)])
        .filter((node) => node.type !== "link")
        .map((node) => (["text", "html_block", "html_inline"].includes(node.type) ? `${node.type} ${node.literal}` : node.type));
    const comment = (name: () => string): string => renderComment(review(name), { marker: "" });
    const documents = Array.from({ length: 30 }, () => comment(next));
    let plainly = 0;
    const [expected, ...found] = trees([comment(() => `name ${plainly++}`), ...documents]).map(shape);
    for (const each of found) expect(each).toEqual(expected);
  });
});
