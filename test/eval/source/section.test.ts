import { describe, expect, it } from "vitest";
import { sourceSectionOf, withSourceSection } from "./section.js";

describe("the section about source rules", () => {
  it("stands at the end of a page, in the place of the one before", () => {
    const page = withSourceSection("# Page\n\nText.\n", "One.");
    expect(page).toBe("# Page\n\nText.\n\n## Rules over source code\n\nOne.\n");
    expect(withSourceSection(page, "Two.")).toBe("# Page\n\nText.\n\n## Rules over source code\n\nTwo.\n");
  });

  it("is kept when the rest of the page is made anew", () => {
    const earlier = withSourceSection("# Page\n", "One.");
    expect(withSourceSection("# Another\n", sourceSectionOf(earlier))).toBe(withSourceSection("# Another\n", "One."));
    expect(sourceSectionOf("# Page\n")).toBeNull();
    expect(withSourceSection("# Page\n", null)).toBe("# Page\n");
  });
});
