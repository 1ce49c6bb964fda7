import { describe, expect, it } from "vitest";
import { stillSaid } from "./still-said.js";

const place = { repository: "a/b", commit: "c1", path: "src/a.ts", rule: "queries/db-call-in-loop" };

describe("what is still said of findings that were judged", () => {
  it("is counted by verdict, over the commits that were run", () => {
    const judged = [
      { ...place, line: 1, verdict: "right" as const },
      { ...place, line: 2, verdict: "right" as const },
      { ...place, line: 3, verdict: "right" as const },
      { ...place, line: 4, verdict: "wrong" as const },
      { ...place, commit: "c2", line: 1, verdict: "right" as const },
    ];
    const findings = [
      { ...place, line: 1, severity: "warning" },
      { ...place, line: 2, severity: "question" },
    ];
    expect(stillSaid(judged, findings)).toEqual([
      "3 judged right: 1 warned of, 1 asked, 1 silent",
      "0 judged benign: 0 warned of, 0 asked, 0 silent",
      "1 judged wrong: 0 warned of, 0 asked, 1 silent",
    ]);
  });
});
