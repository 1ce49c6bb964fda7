import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Changes } from "../../src/model/evidence.js";
import type { ChangedFile, Snapshot } from "../../src/model/pull-request.js";
import type { LineId } from "../../src/model/rule.js";
import { basisFor } from "../../src/review/concerns.js";
import { nothing } from "./facts.js";

const digest = (content: string): string => createHash("sha256").update(content).digest("hex");

const snapshot = (sha: string, incomplete?: string): Snapshot => ({
  draft: false,
  base: { ref: "main", sha: "b" },
  mergeBase: { sha: "b" },
  head: { sha },
  files: [],
  ...(incomplete !== undefined && { incomplete }),
});

const changes = (contents: Readonly<Record<string, string>>, parts: Partial<Changes> = {}): Changes => ({
  ...nothing.changes,
  files: Object.entries(contents).map(([path, head]) => ({ path, status: "modified", head })),
  ...parts,
});

const basis = (given: Changes, item: LineId = "resources/timeouts", at = snapshot("h1")): string => basisFor(given, at, digest)(item);

const shop = { "src/shop.ts": "a", "test/shop.test.ts": "b", "README.md": "c", "k6/shop.js": "d", "db/1.sql": "e" };
const kinds = { loadTests: ["k6/shop.js"], critical: ["src/shop.ts"] };

const survives = (item: LineId, path: keyof typeof shop): boolean =>
  basis(changes(shop, kinds), item) === basis(changes({ ...shop, [path]: "changed" }, kinds), item);

describe("what a tick is bound to", () => {
  it("is the code and the SQL that run in production", () => {
    expect(survives("resources/timeouts", "src/shop.ts")).toBe(false);
    expect(survives("resources/timeouts", "db/1.sql")).toBe(false);
    expect(survives("resources/timeouts", "test/shop.test.ts")).toBe(true);
    expect(survives("resources/timeouts", "README.md")).toBe(true);
    expect(survives("resources/timeouts", "k6/shop.js")).toBe(true);
  });

  it("is the load tests too, for the line about them", () => {
    expect(survives("tests/load-test", "k6/shop.js")).toBe(false);
    expect(survives("tests/load-test", "src/shop.ts")).toBe(false);
    expect(survives("tests/benchmark", "src/shop.ts")).toBe(false);
    expect(survives("tests/benchmark", "db/1.sql")).toBe(true);
  });

  it("is the test code where nothing else changed, and everything where there is no code", () => {
    expect(basis(changes({ "test/a.test.ts": "a" }))).not.toBe(basis(changes({ "test/a.test.ts": "b" })));
    expect(basis(changes({ "README.md": "a" }))).not.toBe(basis(changes({ "README.md": "b" })));
  });

  it("is what its own globs match, for a line of the team's own", () => {
    const own = { item: "own/docs-1234abcd", text: "Docs", paths: ["*.md"], required: false } as const;
    const of = (contents: Readonly<Record<string, string>>): string => basisFor(changes(contents), snapshot("h1"), digest)(own.item, own);
    expect(of({ ...shop, "src/shop.ts": "changed" })).toBe(of(shop));
    expect(of({ ...shop, "README.md": "changed" })).not.toBe(of(shop));
  });

  it("does not depend on the order of files nor on the head, and does on names and on being there", () => {
    const [first, second] = [basis(changes({ "a.ts": "1", "b.ts": "2" })), basis(changes({ "b.ts": "2", "a.ts": "1" }))];
    expect(first).toBe(second);
    expect(basis(changes(shop), "resources/timeouts", snapshot("h2"))).toBe(basis(changes(shop)));
    expect(basis(changes({ "a.ts": "1" }))).not.toBe(basis(changes({ "b.ts": "1" })));
    const removed: ChangedFile = { path: "a.ts", status: "removed", base: "1" };
    expect(basis({ ...changes({}), files: [removed] })).not.toBe(basis(changes({ "a.ts": "" })));
  });

  it("is another for every line, so that no mark stands for two", () => {
    expect(basis(changes(shop), "resources/bounded")).not.toBe(basis(changes(shop), "resources/timeouts"));
  });

  it("ends with every push where a file was not read, or the list is not whole", () => {
    const unread = { ...changes({}), files: [{ path: "a.ts", status: "modified", unread: "larger than 512 KB" } as const] };
    expect(basis(unread)).not.toBe(basis(unread, "resources/timeouts", snapshot("h2")));
    const cut = (sha: string) => basis(changes(shop), "resources/timeouts", snapshot(sha, "3,000 of 4,000 files"));
    expect(cut("h1")).not.toBe(cut("h2"));
  });
});
