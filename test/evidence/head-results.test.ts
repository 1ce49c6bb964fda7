import { expect, it } from "vitest";
import { ofThisHead } from "../../src/evidence/head-results.js";
import { plain } from "../../src/model/text.js";
import { absent, collected, results, time } from "./facts.js";

const paired = (head: string) => ({ measurements: [time(1)], paired: { base: "b", head, series: [] } });
const HEAD = "abcdef0123456789";

it("keeps what names no commits, and what names this head", () => {
  const given = collected(results([time(1)], paired(HEAD)));
  expect(ofThisHead(given, HEAD)).toBe(given);
  expect(ofThisHead(absent, HEAD)).toBe(absent);
});

it("does not use a run of another head, and says what to check out", () => {
  const kept = ofThisHead(collected({ ...results([time(1)], paired("fedcba9876543210")), problems: [] }), HEAD);
  if (kept.status === "absent") throw new Error("collected");
  expect(kept.value.files.map(({ file }) => file)).toEqual(["run-1.json"]);
  const [problem] = kept.value.problems ?? [];
  expect(problem).toMatchObject({ level: "error", code: "other-head", file: "run-2.json" });
  expect(plain(problem!.message)).toBe("not used: it measured fedcba9, and the head of this pull request is abcdef0");
  expect(plain(problem!.remedy!)).toMatch(/`ref: \$\{\{ github\.event\.pull_request\.head\.sha \}\}`/);
});
