import { describe, expect, it } from "vitest";
import type { ChangedFile } from "../../src/model/pull-request.js";
import { plain } from "../../src/model/text.js";
import { readConfiguration } from "../../src/review/configured.js";

const path = ".github/redline.yml";
const good = "on_budget_exceed:\n  - block_merge: true\n";
const change = (head: string): ChangedFile => ({ path, status: "modified", base: "", head });

describe("the configuration in force", () => {
  it("is the base branch's, whatever the pull request makes of it (C01)", () => {
    const configured = readConfiguration({ path, text: good }, [change("mode: advisory\n")]);
    expect(configured).toMatchObject({ state: "read", changedHere: true, config: { mode: "blocking" } });
  });

  it("is advisory where there is none", () => {
    expect(readConfiguration({ path, text: null }, [])).toMatchObject({ state: "none", config: { mode: "advisory" }, problems: [] });
  });

  it.each<[string, ChangedFile]>([
    ["loosens it", change("mode: advisory\n")],
    ["deletes it", { path, status: "removed", base: good }],
    ["renames it", { path: ".github/old.yml", previousPath: path, status: "renamed", base: good, head: good }],
    ["puts a link or a submodule in its place", { path, status: "modified", base: good, unread: "submodule" }],
  ])("is the base branch's for a pull request that %s, and the change is shown (C01)", (_, changed) => {
    expect(readConfiguration({ path, text: good }, [changed])).toMatchObject({
      state: "read",
      changedHere: true,
      config: { mode: "blocking" },
    });
  });

  it("is not a file whose name differs in case or ending (C01, C03)", () => {
    const twins = [".github/Redline.yml", ".github/redline.yaml", "redline.yml"].map((twin) => ({
      ...change("mode: advisory\n"),
      path: twin,
    }));
    expect(readConfiguration({ path, text: good }, twins)).toMatchObject({ changedHere: false, config: { mode: "blocking" } });
  });

  it("that blocked merges and is gone keeps the gate closed, and only putting it back mends that (C03)", () => {
    const gone = { path, text: null, blockedAt: "1a2b3c4d5e" };
    const configured = readConfiguration(gone, []);
    expect(configured).toMatchObject({ state: "invalid", repairedHere: false, problems: [{ level: "error", file: path }] });
    expect(plain(configured.problems[0]?.message ?? [])).toBe("the configuration is gone; at 1a2b3c4 it blocked merges");
    expect(readConfiguration(gone, [{ path, status: "added", head: good }]).repairedHere).toBe(true);
    expect(readConfiguration(gone, [{ path, status: "added", head: "still: wrong\n" }]).repairedHere).toBe(false);
  });

  it("that is a link's target, a list or a number is invalid with its line, never absent (C01, C03)", () => {
    for (const text of ["../elsewhere.yml", "[]\n", "1\n"]) {
      expect(readConfiguration({ path, text }, [])).toMatchObject({ state: "invalid", problems: [{ level: "error" }] });
    }
  });

  it.each(["it is binary", "it is larger than 64 KB", "it is not a file"])("is invalid, not missing, where %s (C03)", (unreadable) => {
    expect(readConfiguration({ path, text: null, unreadable }, [])).toMatchObject({ state: "invalid", config: { mode: "advisory" } });
    expect(readConfiguration({ path, text: null, unreadable }, [change(good)]).repairedHere).toBe(true);
  });

  it("is invalid, not missing, when the file cannot be read", () => {
    const configured = readConfiguration({ path, text: null, unreadable: "it is binary" }, []);
    expect(configured).toMatchObject({ state: "invalid", problems: [{ code: "config-invalid", file: path }] });
  });

  it("is repaired only by a pull request that mends it and touches nothing else", () => {
    const bad = { path, text: "endpoint: {}\n" };
    expect(readConfiguration(bad, [change(good)])).toMatchObject({ state: "invalid", repairedHere: true });
    expect(readConfiguration(bad, [change("still: wrong\n")]).repairedHere).toBe(false);
    const renamed: ChangedFile = { path: ".github/a.yml", previousPath: path, status: "renamed", base: bad.text, head: good };
    expect(readConfiguration(bad, [renamed]).repairedHere).toBe(false);
    expect(readConfiguration(bad, [change(good), { path: "a.py", status: "added", head: "" }]).repairedHere).toBe(false);
  });
});
