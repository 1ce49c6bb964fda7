import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readRuns } from "./judged.js";
import { sourceSection } from "./page.js";
import { sourceSectionOf } from "./section.js";

const kept = readRuns("test/eval/source/data");

describe("the page about source rules", () => {
  it("is what the kept runs and verdicts say", () => {
    expect(sourceSectionOf(readFileSync("docs/judgement.md", "utf8"))).toBe(sourceSection(kept));
  });

  it("speaks of findings that were all read", () => {
    const unread = kept.runs.flatMap(({ findings }) => findings).filter((found) => kept.verdictOf(found) === null);
    expect(unread).toEqual([]);
  });

  it("marks histories whose commits or trees were never run", () => {
    const [first] = kept.runs.filter(({ of }) => of === "commits");
    const section = sourceSection({ ...kept, runs: first ? [first] : [] });
    expect(section).toMatch(/^\| documenso\/documenso \|.*\| 300 \| 300 \| \*\*not run\*\* \| first \|$/mu);
    expect(section).toMatch(/^\| miniflux\/v2 \|.*\| 300 \| \*\*not run\*\* \| \*\*not run\*\* \| eighth \|$/mu);
  });
});
