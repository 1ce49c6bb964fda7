import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { exampleConfiguration } from "../../src/config/describe.js";
import { configurationPage, configurationSchema } from "../../src/config/document.js";
import { type OutlineKey, outline } from "../../src/config/outline.js";
import { configOf, problemsOf } from "./reading.js";

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(configurationSchema()));

const flat = (keys: readonly OutlineKey[]): readonly OutlineKey[] => keys.flatMap((key) => [key, ...flat(key.keys)]);

describe("the generated documents", () => {
  it("are the ones in docs/", async () => {
    await expect(configurationPage()).toMatchFileSnapshot("../../docs/configuration.md");
    await expect(configurationSchema()).toMatchFileSnapshot("../../docs/redline.schema.json");
  });

  it("explain every key", () => {
    const unexplained = flat(outline()).filter((key) => key.meaning === "" && !key.path.startsWith("checklist."));
    expect(unexplained.map((key) => key.path)).toEqual([]);
    for (const key of outline()) expect(configurationPage()).toContain(`\n## ${key.name}\n`);
  });

  it("show only examples that are valid", () => {
    const blocks = [...configurationPage().matchAll(/```yaml\n(.*?)```/gsu)].map((match) => match[1] ?? "");
    expect(blocks.length).toBeGreaterThan(5);
    for (const block of blocks) expect(problemsOf(block)).toEqual([]);
  });
});

describe("the schema for editors", () => {
  it("accepts the example, with and without its optional sections", () => {
    validate(parse(exampleConfiguration()));
    expect(validate.errors).toBeNull();
    validate(parse(exampleConfiguration().replaceAll(/^#(?! \S)/gmu, "")));
    expect(validate.errors).toBeNull();
  });

  it.each([
    "mode: blockin",
    "endpoint: {}",
    "endpoints: { /a: { latency_p99: 100 } }",
    "endpoints: { /a: { latency_p99: 100rps } }",
    "endpoints: { a/b: { latency_p99: 100ms } }",
    "override: { quorum: 0 }",
    "benchmarks: { min_effect: 5 }",
    "rules: { migrations/fk-validate: warn }",
    "critical: x",
  ])("refuses %s, as the parser does", (yaml) => {
    expect(validate(parse(yaml))).toBe(false);
    expect(problemsOf(yaml)).not.toEqual([]);
  });

  it.each(["on_budget_exceed: { notify: '#a' }", "benchmarks: { min_effect: 0.05 }", "override: { expires: null }", "{}"])(
    "accepts %s, as the parser does",
    (yaml) => {
      expect(validate(parse(yaml))).toBe(true);
      expect(configOf(yaml)).toBeDefined();
    },
  );
});
