import { describe, expect, it } from "vitest";
import type { Rule } from "../../src/model/rule.js";
import type { Source } from "../../src/model/source.js";
import { plain, text } from "../../src/model/text.js";
import { searchedCode } from "../../src/review/examine-code.js";
import { httpNoTimeout } from "../../src/rules/resources/http-no-timeout.js";
import { factsOf } from "../../src/sandbox/source-facts.js";
import { collected } from "./facts.js";

const examine = searchedCode("resources/timeouts");
const ran: readonly Rule[] = [httpNoTimeout];

const sourceOf = (parts: Partial<Source>): Source => ({ files: [], skipped: [], left: {}, ...parts });
const said = (source: Partial<Source> | null) => {
  const answer = examine(collected({ source: source && sourceOf(source) }), ran);
  return { status: answer.status, ...("reason" in answer && { reason: plain(answer.reason) }), ...("static" in answer && { found: true }) };
};

describe("a line about source code", () => {
  it("never passes: what was read may be clean, and the line says what cannot be seen", async () => {
    const head = await factsOf("f();", "typescript");
    expect(said({ files: [{ path: "src/a.ts", head, base: null, added: [] }] })).toEqual({
      status: "partial",
      reason: "time-outs of clients made elsewhere are not seen",
      found: true,
    });
  });

  it("names what was not read, and why", async () => {
    const head = await factsOf("f();", "typescript");
    const skipped = [
      { path: "src/b.ts", reason: text`skipped: minified` },
      { path: "c.kt", reason: text`language not supported` },
    ];
    expect(said({ skipped }).reason).toBe(
      "src/b.ts: skipped: minified (and 1 more): look for remote calls without a time-out, then tick this line",
    );
    expect(said({ skipped, files: [{ path: "src/a.ts", head, base: null, added: [] }] }).reason).toContain(
      "not checkable here: src/b.ts: skipped: minified",
    );
  });

  it("says when no rule reads a language", async () => {
    const head = await factsOf("f", "ruby");
    const answer = searchedCode("resources/timeouts")(
      collected({ source: sourceOf({ files: [{ path: "a.rb", head, base: null, added: [] }] }) }),
      [],
    );
    expect(answer.status === "partial" && plain(answer.reason)).toContain("no rule for Ruby");
  });

  it("is not applicable to what does not run in production, nor where no code changed", async () => {
    expect(said({ left: { test: 2 } })).toEqual({ status: "not-applicable", reason: "no changed code but tests" });
    expect(said(null).reason).toBe("0 changed files, none of them source code");
  });
});
