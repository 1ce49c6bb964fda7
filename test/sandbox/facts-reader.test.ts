import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReadFact } from "../../src/evidence/sources.js";
import type { Language } from "../../src/model/source.js";
import { plain } from "../../src/model/text.js";
import { createSourceReader } from "../../src/sandbox/source.js";

const PATIENT = { parseMs: 60_000, walkMs: 60_000, callMs: 600_000 };

const told = (answer: ReadFact | undefined): string => {
  if (!answer) return "nothing";
  return "refused" in answer ? plain(answer.refused) : `${answer.facts.calls.length} calls, ${answer.facts.loops.length} loops`;
};

let reader: ReturnType<typeof createSourceReader>;
const read = async (language: Language, text: string): Promise<string> => told((await reader.facts([{ path: "a", language, text }]))[0]);

describe("the reader of facts", () => {
  beforeAll(() => {
    reader = createSourceReader({ rssMb: 1000, fileMs: 60_000, facts: PATIENT });
  });
  afterAll(() => reader.close());

  it("answers in the order of the files, with the SQL reader in turn", async () => {
    const text = "for (const a of b) db.query('select a from t where b = 1');";
    const files = [
      { path: "a.ts", language: "typescript", text },
      { path: "b.py", language: "python", text: "f()" },
    ] as const;
    const [facts, sql] = await Promise.all([reader.facts(files), reader(files)]);
    expect(facts.map(told)).toEqual(["1 calls, 1 loops", "1 calls, 0 loops"]);
    expect(sql.map((one) => ("found" in one ? one.found.length : -1))).toEqual([1, 0]);
  });

  it("skips what nobody wrote, with the reason", async () => {
    expect(await read("typescript", `${"f();\n".repeat(100_001)}`)).toBe("skipped: too large");
    expect(await read("typescript", `x = "${"a".repeat(20_001)}"`)).toBe("skipped: minified");
    expect(await read("typescript", "f\0(\0)\0;\0")).toBe("skipped: not text in UTF-8");
    expect(await read("rust", "fn f() { g(); }")).toBe("language not supported");
  });

  const many = (n: number, text: string): string => text.repeat(n);
  const hostile: readonly (readonly [string, Language, string, string])[] = [
    ["loops in loops", "typescript", many(4000, "for await (const a of b) {\n") + many(4000, "}\n"), "0 calls, 4000 loops"],
    ["lists in lists", "typescript", many(20_000, "[\n"), "0 calls, 0 loops"],
    ["calls in calls", "go", `package a\nvar a = ${many(5000, "f(\n")}1${many(5000, ")\n")}`, "5000 calls, 0 loops"],
    ["calls of calls", "typescript", `f${many(5000, "()\n")}`, "5000 calls, 0 loops"],
    ["a long chain", "typescript", `a${many(5000, ".b\n.c(d)\n")}`, "5000 calls, 0 loops"],
    ["signs before signs", "typescript", `f(${many(10_000, "-(\n")}1${many(10_000, ")\n")})`, "1 calls, 0 loops"],
    ["choices in choices", "typescript", `a = ${many(5000, "b ? f() :\n")} 1`, "5000 calls, 0 loops"],
    [
      "functions in functions",
      "python",
      Array.from({ length: 900 }, (_, at) => `${" ".repeat(at)}def f():`).join("\n"),
      "0 calls, 0 loops",
    ],
    ["many arguments", "ruby", `f(${many(30_000, "a: b,\n")} c: d)`, "1 calls, 0 loops"],
    ["many statements", "php", `<?php ${many(8000, "f();\n")}`, "8000 calls, 0 loops"],
    ["a pattern with many names", "typescript", `const [${many(30_000, "a,\n")}] = f();`, "1 calls, 0 loops"],
    ["half a character", "java", `class A { String a = "\ud800"; void f() { g(); } }`, "1 calls, 0 loops"],
  ];

  it.each(hostile)("comes to an end with %s", async (_, language, text, expected) => {
    expect(await read(language, text)).toContain(expected);
  });

  it("gives up a file that takes too long to parse or to walk, and goes on with the next", async () => {
    const hasty = createSourceReader({ rssMb: 1000, facts: { ...PATIENT, parseMs: 0 } });
    const text = many(5000, "f(a);\n");
    const files = [{ path: "a.ts", language: "typescript", text }] as const;
    expect((await hasty.facts(files)).map(told)).toEqual(["skipped: parse deadline"]);
    hasty.close();
    const slow = createSourceReader({ rssMb: 1000, fileMs: 60_000, facts: { ...PATIENT, walkMs: 0 } });
    expect((await slow.facts(files)).map(told)).toEqual(["skipped: walk deadline"]);
    expect((await slow(files)).map((one) => "found" in one)).toEqual([true]);
    slow.close();
  });

  it("names what is left when the time for a pull request is up, and what a killed child did not read", async () => {
    const spent = createSourceReader({ facts: { ...PATIENT, callMs: 0 } });
    expect((await spent.facts([{ path: "a.ts", language: "typescript", text: "f()" }])).map(told)).toEqual(["not analysed: time budget"]);
    spent.close();
    const small = createSourceReader({ rssMb: 1, facts: PATIENT });
    const big = { path: "a.ts", language: "typescript", text: many(80_000, "f();\n") } as const;
    expect(told((await small.facts([big]))[0])).toMatch(/^analysis aborted: it took more than 1 MB/);
    small.close();
  });
});
