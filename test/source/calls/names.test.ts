import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallFact } from "../../../src/model/source.js";
import { bare, holderOf, isConstant, names, wordsOf } from "../../../src/source/calls/names.js";
import { factsIn } from "../../rules/source-cases.js";

const callsIn = async (path: string, code: string): Promise<readonly CallFact[]> => (await factsIn(path, code)).calls;

describe("names", () => {
  it("reads whole names, beginnings, endings, and both", () => {
    const some = names("save find* *Repository Get*Async");
    expect(["save", "findOne", "find", "orderRepository", "GetAsync", "GetOrderAsync"].filter(some)).toHaveLength(6);
    expect(["saved", "afind", "repository", "Repository2", "Get", "Async", ""].filter(some)).toEqual([]);
  });

  it("needs no more characters than both ends of a pattern have", () => {
    expect(names("ab*ba")("aba")).toBe(false);
    expect(names("ab*ba")("abba")).toBe(true);
  });

  it("takes every name that it lists, whatever its characters", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[$\w?!]{1,20}$/), (name) => names(`a ${name} b`)(name)),
      { numRuns: 50 },
    );
  });
});

describe("what a name says", () => {
  it("is the same without the marks of variables", () => {
    expect(["$db", "@db", "@@db", "_db", "#db", "&db", "db"].map(bare)).toEqual(Array.from({ length: 7 }, () => "db"));
  });

  it("comes in words", () => {
    expect(wordsOf("lastId < MAX_PAGES && getHTTPBody(x_y)")).toEqual(["last", "id", "max", "pages", "get", "http", "body", "x", "y"]);
  });

  it("is a constant's when all of it is in capitals", () => {
    expect(["KINDS", "Order.KINDS", "Order::KINDS", "MAX_2"].filter(isConstant)).toHaveLength(4);
    expect(["Kinds", "kinds", "Order.kinds", "KINDS.map"].filter(isConstant)).toEqual([]);
  });
});

describe("the holder of a chain", () => {
  it.each([
    ["src/a.ts", "this.db.table(x).where(y).first();", "db"],
    ["src/a.ts", "find(x);", ""],
    ["src/a.ts", "repository.find(x);", "repository"],
    ["src/a.go", "package a\n\nfunc f() {\n\ts.store.Get(ctx)\n}", "store"],
    ["src/a.php", "<?php\n$this->pdo->query($x);", "pdo"],
    ["src/a.py", "self.session.query(x).filter(y).all()", "session"],
  ])("in %s: %s", async (path, code, holder) => {
    const outermost = (await callsIn(path, code)).find((call) => call.outermost);
    expect(outermost && holderOf(outermost)).toBe(holder);
  });
});
