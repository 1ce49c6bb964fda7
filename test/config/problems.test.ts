import { describe, expect, it } from "vitest";
import { z } from "zod";
import { complaintsOf } from "../../src/config/problems.js";
import { choice, listOf, mapOf, quantity, section, whole, words } from "../../src/config/values.js";
import { plain } from "../../src/model/text.js";

const schema = section({
  kind: choice(["blocking", "advisory"]).optional(),
  count: whole(1, 10).optional(),
  wait: quantity("duration").optional(),
  names: listOf(words("a name", 20)).optional(),
  both: z.union([words("a name", 20), listOf(words("a name", 20))]).optional(),
  table: mapOf(words("a lower-case word", 20, /^[a-z]+$/u), section({ rows: whole(0, 10) })).optional(),
});

const complaints = (value: unknown): readonly string[] =>
  (schema.safeParse(value).error?.issues ?? [])
    .flatMap((issue) => complaintsOf(issue, value))
    .map(({ path, message, remedy }) => `${path.join("/")}: ${plain(message)}; ${plain(remedy)}`);

describe("complaintsOf", () => {
  it.each<readonly [unknown, string]>([
    [{ kind: "blockin" }, "kind: kind: blockin is not accepted here, did you mean blocking?; write one of blocking, advisory"],
    [{ kind: 3 }, "kind: kind: 3 is not accepted here; write one of blocking, advisory"],
    [{ count: 11 }, "count: count: 11 is not accepted here; write a whole number from 1 to 10"],
    [{ count: 1.5 }, "count: count: 1.5 is not accepted here; write a whole number from 1 to 10"],
    [{ count: null }, "count: count: an empty value is not accepted here; write a whole number from 1 to 10"],
    [{ wait: 60 }, "wait: wait: 60 is a number without a unit; write 60ms"],
    [{ names: {} }, "names: names: a group of keys is not accepted here; write a list"],
    [{ names: ["a", 2] }, "names/1: entry 2 of names: 2 is not accepted here; write a name"],
    [{ both: ["a", []] }, "both/1: entry 2 of both: a list is not accepted here; write a name"],
    [{ table: { A: { rows: 1 } } }, "table/A: A is not accepted as a key here; write a lower-case word"],
    [{ table: { a: {} } }, "table/a/rows: rows is missing; write a whole number from 0 to 10"],
    [{ cuont: 1 }, "cuont: unknown key cuont, did you mean count?; known here: kind, count, wait, names, both, table"],
    ["text", ": the configuration: text is not accepted here; write keys below it: kind, count, wait, names, both, table"],
  ])("says what is wrong with %j", (value, expected) => expect(complaints(value)).toContain(expected));

  it("cuts a long value short", () => {
    expect(complaints({ kind: "x".repeat(500) })[0]).toContain(`${"x".repeat(60)}… is not accepted`);
  });

  it("marks every word of the file as foreign", () => {
    const value = { "<b>": 1, kind: "@everyone", table: { "[x](y)": { rows: 1 } } };
    const texts = (schema.safeParse(value).error?.issues ?? []).flatMap((issue) => complaintsOf(issue, value));
    const own = texts.flatMap(({ message, remedy }) => [...message, ...remedy]).filter((part) => typeof part === "string");
    expect(texts).toHaveLength(3);
    expect(own.join(" ")).not.toMatch(/<b>|@everyone|\[x\]/u);
  });
});
