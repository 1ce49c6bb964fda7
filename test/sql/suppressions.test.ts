import { describe, expect, it } from "vitest";
import { split } from "../../src/sql/split.js";
import { suppressionsOf } from "../../src/sql/suppressions.js";

const reasons = (sql: string): readonly (readonly string[])[] =>
  suppressionsOf(sql, "postgresql", split(sql, "postgresql")).map((list) => list.map(({ rule, reason }) => `${rule} ${reason}`));

describe("suppressionsOf", () => {
  it("gives a comment to the statement below it, behind which it stands, or that it is in", () => {
    expect(
      reasons(`-- redline-ignore a/b: above
SELECT 1; -- redline-ignore a/b: behind
SELECT /* redline-ignore a/b: inside */ 2;
/* redline-ignore a/b: first
   redline-ignore c/d: second */
SELECT 3 -- redline-ignore e/f: last`),
    ).toEqual([["a/b above", "a/b behind"], ["a/b inside"], ["a/b first", "c/d second", "e/f last"]]);
  });

  it("takes a comment behind one statement for no other's", () => {
    expect(reasons("SELECT 1; -- redline-ignore a/b: x\n\nSELECT 2;")).toEqual([["a/b x"], []]);
  });

  it("wants a rule and a reason, in a comment", () => {
    expect(reasons("-- redline-ignore a/b\n-- redline-ignore a/b:\n-- redline-ignore: x\nSELECT '-- redline-ignore a/b: x';")).toEqual([
      [],
    ]);
  });

  it("clips a long reason", () => {
    expect(reasons(`-- redline-ignore a/b: ${"x".repeat(5000)}\nSELECT 1`)[0]?.[0]).toHaveLength(4 + 300);
  });
});
