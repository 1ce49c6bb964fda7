import { describe, expect, it } from "vitest";
import { addedLines } from "../../src/evidence/added-lines.js";
import type { PathClass } from "../../src/model/source.js";
import { plain, text } from "../../src/model/text.js";
import { type Matter, sourceRule } from "../../src/rules/source-rule.js";
import { factsOf } from "../../src/sandbox/source-facts.js";

const ruleOf = (matter: Matter) =>
  sourceRule({
    id: "queries/db-call-in-loop",
    answers: "queries/no-n-plus-one",
    matter,
    languages: ["typescript"],
    severity: "warning",
    effect: text`Each round waits.`,
    help: text`Ask once.`,
    look: ({ calls }) => calls.filter(({ method }) => method === "find").map((call) => ({ call })),
  });

const LOOP = "for (const o of orders) {\n  await db.find(o);\n}\n";

/** What the rule says of one file, added or changed from `base`. */
async function found(head: string, { base = "", class: of = "server" as PathClass, matter = "loop" as Matter } = {}) {
  const facts = async (source: string) => factsOf(source, "typescript", { path: "src/a.ts", class: of });
  const files = [{ path: "src/a.ts", head: await facts(head), base: await facts(base), added: addedLines(base, head) }];
  const findings = ruleOf(matter).check({ source: { files, skipped: [], left: {} } }, {});
  return findings.map(({ severity, message, at, suppressed }) => ({ severity, says: plain(message), line: at?.line, suppressed }));
}

describe("a source rule", () => {
  it("warns of what is new, with the call and its loop", async () => {
    expect(await found(LOOP)).toEqual([
      {
        severity: "warning",
        says: "db.find(…) runs in each round of for (const o of orders). Each round waits.",
        line: 2,
        suppressed: undefined,
      },
    ]);
  });

  it("only asks about what was there before, and says so", async () => {
    const [touched] = await found(LOOP.replace("find(o)", "find(o.id)"), { base: LOOP });
    expect(touched).toMatchObject({ severity: "question" });
    expect(touched?.says).toContain("(was there before)");
    expect(await found(`f();\n${LOOP}`, { base: LOOP })).toEqual([]);
  });

  it("only asks about what stands where the parser did not understand", async () => {
    const [unsure] = await found(`let = (\n${LOOP}`);
    expect(unsure).toMatchObject({ severity: "question" });
  });

  it.each<readonly [Matter, PathClass, string | undefined]>([
    ["loop", "browser", "question"],
    ["loop", "script", undefined],
    ["loop", "migration", undefined],
    ["loop", "test", undefined],
    ["resource", "browser", "warning"],
    ["resource", "script", "notice"],
    ["timeout", "browser", undefined],
    ["timeout", "migration", "question"],
  ])("about a %s in a file for %s: %s", async (matter, of, severity) => {
    expect((await found(LOOP, { class: of, matter }))[0]?.severity).toBe(severity);
  });

  it("is silenced by a comment at the call or at its loop, which is told with its reason", async () => {
    const comment = "redline-ignore queries/db-call-in-loop: two rows";
    const ignored = [{ suppressed: "two rows" }];
    expect(await found(LOOP.replace(";", `; // ${comment}`))).toMatchObject(ignored);
    expect(await found(`// ${comment}\n${LOOP}`)).toMatchObject(ignored);
    expect(await found(`// redline-ignore queries/sql-in-loop: two rows\n${LOOP}`)).toMatchObject([{ suppressed: undefined }]);
    expect(await found(`const a = "${comment}";\n${LOOP}`)).toMatchObject([{ suppressed: undefined }]);
  });

  it("shows three of one file, and how many more there are", async () => {
    const shown = await found(Array.from({ length: 5 }, (_, at) => LOOP.replace("orders", `orders${at}`)).join(""));
    expect(shown).toHaveLength(3);
    expect(shown.map(({ says }) => / 2 more like it/.test(says))).toEqual([false, false, true]);
  });
});
