import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { ownLines } from "../../src/review/own-lines.js";
import { collected, configOf, nothing } from "./facts.js";

const definitions = configOf(`
checklist:
  lines:
    - { text: Cache keys carry the tenant, paths: ["src/cache/**"], help: docs/cache.md says how }
    - { text: The runbook is up to date, required: true }
`).checklist.lines;

const shown = (...files: readonly { readonly path: string; readonly previousPath?: string }[]) =>
  ownLines(
    definitions,
    collected({ changes: { ...nothing.changes, files: files.map((file) => ({ status: "modified", head: "", ...file }) as const) } }),
  ).map(({ line }) => line);

describe("a line of the team's own", () => {
  it("is shown when a changed file matches, and names the files and the help", () => {
    const [cache] = shown({ path: "src/cache/keys.ts" }, { path: "README.md" });
    expect(cache).toMatchObject({ text: "Cache keys carry the tenant", gate: false, outcome: { status: "not-checked" } });
    expect(cache?.outcome.status === "not-checked" && plain(cache.outcome.reason)).toBe(
      "a person has to look at src/cache/keys.ts: docs/cache.md says how",
    );
  });

  it("is shown for a file that was moved away from where it matters", () => {
    expect(shown({ path: "src/keys.ts", previousPath: "src/cache/keys.ts" })).toHaveLength(2);
  });

  it("without globs is shown for every change", () => {
    expect(shown({ path: "README.md" }).map(({ text, required }) => [text, required])).toEqual([["The runbook is up to date", true]]);
  });

  it("is not shown when nothing is known of the changes, or nothing changed", () => {
    expect(ownLines(definitions, collected({ changes: null }))).toEqual([]);
    expect(shown()).toEqual([]);
  });
});
