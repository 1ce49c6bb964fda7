import { describe, expect, test } from "vitest";
import { renderCheck } from "../../src/report/check.js";
import { ofType, tree } from "./cmark.js";
import { cases, infected, taking } from "./hostile.js";
import { advisory, all, blocked, blockingIndex, huge, leadingWildcard, open, unconfigured } from "./reviews.js";

const docsUrl = "https://github.com/acme/redline/blob/main/docs";
const bytes = (page: string): number => Buffer.byteLength(page);

test.each(Object.entries(all))("the check run of a review that is %s", async (name, review) => {
  const { title, summary, text } = renderCheck(review, { docsUrl });
  await expect(`${title}\n\n${summary}\n\n${text}\n`).toMatchFileSnapshot(`../fixtures/report/check/${name}.md`);
});

describe("the title", () => {
  test("says the verdict in plain words", () => {
    expect(renderCheck(blocked).title).toBe("/api/checkout latency_p99 231 ms is over its budget of 200 ms (and 2 more)");
    expect(renderCheck(open).title).toBe("No performance budget is exceeded");
  });

  test("says advisory once", () => {
    expect(renderCheck(advisory).title).toMatch(/^advisory: \/api\/checkout/);
    const silent = { ...unconfigured, verdict: { ...unconfigured.verdict, title: ["1 warning"] } };
    expect(renderCheck(silent).title).toBe("advisory: 1 warning");
  });

  test("has at most 255 units and does not cut a pair in two", () => {
    const long = { ...open, verdict: { ...open.verdict, title: ["a", "𝒳".repeat(300)] } };
    expect(renderCheck(long).title.length).toBeLessThanOrEqual(255);
    expect(renderCheck(long).title).toMatch(/^a𝒳+…$/u);
  });
});

describe("annotations", () => {
  test("stand at the lines, worst first, without questions and suppressed findings", () => {
    expect(
      renderCheck(blocked).annotations.map(({ annotation_level, path, start_line, end_line }) => [
        annotation_level,
        path,
        start_line,
        end_line,
      ]),
    ).toEqual([
      ["failure", "db/migrate/0042_orders_by_customer.sql", 3, 4],
      ["warning", "app/queries/search (new).sql", 12, 12],
      ["notice", "app/queries/list.sql", 7, 7],
    ]);
  });

  test("say what was seen and how to mend it, titled with the rule", () => {
    expect(renderCheck(blocked).annotations[1]).toMatchObject({
      title: "queries/like-leading-wildcard",
      message: "LIKE %' || $1 || '% cannot use a b-tree index\n\nUse a trigram index, or search for a prefix.",
    });
  });

  test("a suppressed finding that closes the gate is annotated all the same", () => {
    const findings = [
      { ...blockingIndex, suppressed: "trust me" },
      { ...leadingWildcard, suppressed: "small" },
    ];
    expect(renderCheck({ ...blocked, findings }).annotations.map(({ title }) => title)).toEqual([blockingIndex.rule]);
  });

  test("hold no control characters and stay within GitHub's limits (M06)", () => {
    const next = taking(cases(2_000));
    for (let round = 0; round < 100; round += 1) {
      const { title, annotations } = renderCheck(infected(blocked, next));
      expect(title).not.toMatch(/\p{Cc}/u);
      for (const annotation of annotations) {
        expect(annotation.title).not.toMatch(/\p{Cc}/u);
        expect(annotation.message.replaceAll("\n\n", "")).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(annotation.title.length).toBeLessThanOrEqual(255);
        expect(bytes(annotation.message)).toBeLessThanOrEqual(65_535);
      }
    }
  });
});

test("the summary holds the checklist, but no box that nobody can tick there", () => {
  const { summary } = renderCheck(blocked);
  expect(summary).toContain("Checklist (7 of 14 answered)");
  expect(summary.match(/^- (?:✅|❌|❔|➖|☑️) \*\*/gmu)).toHaveLength(14);
  expect(ofType(tree(summary), "taskitem")).toEqual([]);
});

test("summary and text stay within 65,535 bytes each, and use them (M06)", () => {
  const findings = huge(5_000).findings.map((finding, index) => ({
    ...finding,
    severity: index % 2 ? ("notice" as const) : finding.severity,
  }));
  const { summary, text, annotations } = renderCheck({ ...huge(5_000), findings });
  for (const page of [summary, text]) {
    expect(bytes(page)).toBeLessThanOrEqual(65_535);
    expect(bytes(page)).toBeGreaterThan(65_000);
    expect(page).toMatch(/… and \d+ more, left out/);
  }
  expect(annotations).toHaveLength(5_000);
});

test("the buttons keep to GitHub's limits", () => {
  for (const { label, description, identifier } of renderCheck(blocked).actions) {
    expect(label.length).toBeLessThanOrEqual(20);
    expect(description.length).toBeLessThanOrEqual(40);
    expect(identifier.length).toBeLessThanOrEqual(20);
  }
});
