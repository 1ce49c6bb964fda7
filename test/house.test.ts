import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formats } from "../src/formats/registry.js";
import { checklistItems } from "../src/model/rule.js";
import { rules } from "../src/rules/registry.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const filesBelow = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path))
    .sort();
const lines = (path: string): readonly string[] => readFileSync(join(root, path), "utf8").split("\n");
const quantile = (values: readonly number[], q: number): number => [...values].sort((a, b) => a - b)[Math.ceil(values.length * q) - 1] ?? 0;

const source = filesBelow("src", ".ts");

/** Lengths of functions and methods, read off Biome's formatting: a body ends at the indent it began with. */
function functionLengths(path: string): readonly number[] {
  const text = lines(path);
  const opens =
    /^(\s*)(?:export )?(?:default )?(?:async )?(?:function\b|(?:const \w+.*=>|(?:private |static )?(?:async )?[\w#]+\(.*\)(?:: [^={]+)?) \{$)/;
  return text.flatMap((line, start) => {
    const indent = opens.exec(line)?.[1];
    if (indent === undefined || /^\s*(?:if|for|while|switch|return|catch)\b/.test(line)) return [];
    const end = text.findIndex((candidate, index) => index > start && candidate.startsWith(`${indent}}`));
    return end < 0 ? [1] : [end - start + 1];
  });
}

describe("the house", () => {
  it("registers every rule file under the id that is its path, and no other", () => {
    const paths = filesBelow("src/rules", ".ts").map((path) => relative("src/rules", path).replace(/\.ts$/, ""));
    const ids = paths.filter((path) => path.includes("/"));
    expect(rules.map((rule) => rule.id)).toEqual(ids);
  });

  it("gives no rule the id of a checklist item", () => {
    for (const rule of rules) expect(checklistItems).not.toContain(rule.id);
  });

  it.each(rules.map((rule) => rule.id))("has a docs page and a test for the rule %s", (id) => {
    expect(existsSync(join(root, "docs/rules", `${id}.md`))).toBe(true);
    expect(existsSync(join(root, "test/rules", `${id}.test.ts`))).toBe(true);
  });

  it("registers every format file", () => {
    const registered = formats.map((format) => `src/formats/${format.id}.ts`);
    for (const path of registered) expect(source).toContain(path);
    const exporting = filesBelow("src/formats", ".ts").filter((path) => /: ResultFormat = \{/.test(readFileSync(join(root, path), "utf8")));
    expect([...registered].sort()).toEqual(exporting);
  });

  it.each(formats.map((format) => format.id))("has a docs page, a test and a fixture for the format %s", (id) => {
    expect(existsSync(join(root, "docs/formats", `${id}.md`))).toBe(true);
    expect(existsSync(join(root, "test/formats", `${id}.test.ts`))).toBe(true);
    expect(readdirSync(join(root, "test/fixtures/formats", id)).length).toBeGreaterThan(0);
  });

  it("lets no rule look at SQL with a regular expression", () => {
    for (const path of filesBelow("src/rules", ".ts")) {
      expect(
        `${path}: ${readFileSync(join(root, path), "utf8").match(/\.match\(|\.test\(|RegExp|\.exec\(|= \/.+\/[a-z]*;/)?.[0] ?? "none"}`,
      ).toBe(`${path}: none`);
    }
  });

  it("keeps no room without a name of its own", () => {
    const nameless = source.filter((path) => /(?:^|\/)(?:utils?|helpers?|common|lib|misc)(?:\.ts$|\/)/.test(path));
    expect(nameless).toEqual([]);
  });

  it("keeps files small: median 70 lines, nine in ten at most 150, none above 250", () => {
    const sizes = source.map((path) => lines(path).length - 1);
    expect(source.filter((path) => lines(path).length - 1 > 250)).toEqual([]);
    expect(quantile(sizes, 0.5)).toBeLessThanOrEqual(70);
    expect(quantile(sizes, 0.9)).toBeLessThanOrEqual(150);
  });

  it("keeps functions small: median 10 lines, nine in ten at most 30, none above 45", () => {
    const long = source.flatMap((path) => (functionLengths(path).some((length) => length > 45) ? [path] : []));
    expect(long).toEqual([]);
    const lengths = source.flatMap(functionLengths);
    expect(lengths.length).toBeGreaterThan(100);
    expect(quantile(lengths, 0.5)).toBeLessThanOrEqual(10);
    expect(quantile(lengths, 0.9)).toBeLessThanOrEqual(30);
  });

  it("mirrors the source: every test of src lies at its path", () => {
    const mirrored = readdirSync(join(root, "test"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const known = new Set([
      ...readdirSync(join(root, "src")).map((name) => basename(name, ".ts")),
      "fixtures",
      "github-double",
      "bench",
      "demo",
      "end-to-end",
      "faults",
      "eval",
      "faults",
      "packaging",
    ]);
    expect(mirrored.filter((name) => !known.has(name))).toEqual([]);
  });

  it("installs without running scripts of its runtime dependencies (P01)", () => {
    const lock: { packages: Record<string, { hasInstallScript?: boolean; dev?: boolean; devOptional?: boolean }> } = JSON.parse(
      readFileSync(join(root, "package-lock.json"), "utf8"),
    );
    const scripted = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript && !entry.dev && !entry.devOptional);
    expect(scripted.map(([name]) => name).filter((name) => name !== "")).toEqual([]);
  });

  it("names no machine path and no host of a registry in what it tracks", () => {
    const tracked = execFileSync("git", ["-C", root, "ls-files"], { encoding: "utf8" }).split("\n");
    const texts = tracked.filter((path) => /\.(?:ts|mjs|md|json|yml|hbs)$/.test(path) && existsSync(join(root, path)));
    const leaking = texts.filter(
      (path) =>
        /\/(?:work|root|home)\/[a-z]|registry\.npmjs|\.\.\/shared/.test(readFileSync(join(root, path), "utf8")) &&
        path !== "test/house.test.ts",
    );
    expect(leaking).toEqual([]);
  });
});

/** The names of all tests, as far as they are written out: a name over several lines counts with its first. */
const testNames = filesBelow("test", ".test.ts").flatMap((path) =>
  lines(path).filter((line) => /^\s*(?:(?:it|test|describe)\b|["'`[]|\w+\()/.test(line)),
);

describe("docs/trust.md", () => {
  const rows = lines("docs/trust.md").flatMap((line) => {
    const [, id, star] = /^\| ([RSOCDAMNTP]\d{2})( ★)? \| [^|]+ \| [^|]+ \|$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id, star: star !== undefined }];
  });
  const later = lines("docs/trust.md").flatMap(
    (line) => /^\| ((?:[RSOCDAMNTP]\d{2},? ?)+) \| [^|]+ \|$/.exec(line)?.[1]?.split(", ") ?? [],
  );
  const proven = (id: string): boolean => testNames.some((name) => new RegExp(`\\b${id}\\b`).test(name));

  it("lists 95 rows, each once", () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(95);
    expect(rows).toHaveLength(95);
    expect(rows.filter(({ star }) => star)).toHaveLength(15);
  });

  it("has a test that names each row, or says why not yet", () => {
    expect(rows.map(({ id }) => id).filter((id) => !proven(id) && !later.includes(id))).toEqual([]);
    expect(later.filter(proven)).toEqual([]);
  });

  it("has, for each row with a star, a test that sees the fault without the remedy", () => {
    const seen = (id: string): boolean => testNames.some((name) => name.includes(id) && name.includes("without its remedy"));
    expect(rows.filter(({ id, star }) => star && !seen(id) && !later.includes(id)).map(({ id }) => id)).toEqual([]);
  });

  it("knows every row that a test names", () => {
    const named = new Set(testNames.flatMap((name) => name.match(/(?<=\()(?:[RSOCDAMNTP]\d{2})(?=[,) ])/g) ?? []));
    expect([...named].filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
  });
});
