import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

const allowed = (yaml: string) => configOf(`runtime:\n  allow:\n    - ${yaml}`).runtime.allow;

describe("runtime", () => {
  it("allows nothing by default", () => {
    expect(configOf("").runtime).toEqual({ allow: [] });
  });

  it("allows a statement in one entry, in all, or all of one entry", () => {
    expect(allowed('{ entry: "GET /export", statement: "0123456789abcdef", reason: pages }')).toEqual([
      { entry: "GET /export", statement: "0123456789abcdef", reason: "pages" },
    ]);
    expect(allowed('{ statement: "0123456789abcdef", reason: pages }')).toMatchObject([{ entry: "*" }]);
    expect(allowed("{ entry: poll*, reason: polling }")).toMatchObject([{ entry: "poll*", statement: "*" }]);
  });

  it.each([
    ["{ reason: x }", "write an entry, a statement, or both"],
    ["{ entry: x }", "write why it is meant"],
    ['{ statement: "select 1", reason: x }', "write the 16 digits that the review gives, or *"],
  ])("refuses %s", (yaml, wanted) => {
    expect(problemsOf(`runtime:\n  allow:\n    - ${yaml}`)[0]).toContain(wanted);
  });
});
