import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Anchor } from "../../src/report/section.js";

/** Every anchor that a report may link to; the type refuses a list that lacks one. */
const anchors: Readonly<Record<Anchor, true>> = {
  "budget-exceeded": true,
  regression: true,
  "blocking-finding": true,
  "evidence-missing": true,
  "evidence-broken": true,
  "configuration-invalid": true,
  "not-measured": true,
  "not-compared": true,
  override: true,
};

const page = readFileSync(new URL("../../docs/blocked.md", import.meta.url), "utf8");
const headings = page.split("\n").flatMap((line) => /^## (.+)$/.exec(line)?.[1] ?? []);

describe("docs/blocked.md", () => {
  it("has one section for each anchor that reports link to, and no other", () => {
    expect([...headings].sort()).toEqual(Object.keys(anchors).sort());
  });

  it("links within itself only to sections that are there", () => {
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((anchor) => !headings.includes(anchor ?? ""))).toEqual([]);
  });
});
