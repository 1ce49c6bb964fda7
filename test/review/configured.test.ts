import { describe, expect, it } from "vitest";
import type { ChangedFile } from "../../src/model/pull-request.js";
import { readConfiguration } from "../../src/review/configured.js";

const path = ".github/redline.yml";
const good = "on_budget_exceed:\n  - block_merge: true\n";
const change = (head: string): ChangedFile => ({ path, status: "modified", base: "", head });

describe("the configuration in force", () => {
  it("is the base branch's, whatever the pull request makes of it", () => {
    const configured = readConfiguration({ path, text: good }, [change("mode: advisory\n")]);
    expect(configured).toMatchObject({ state: "read", changedHere: true, config: { mode: "blocking" } });
  });

  it("is advisory where there is none", () => {
    expect(readConfiguration({ path, text: null }, [])).toMatchObject({ state: "none", config: { mode: "advisory" }, problems: [] });
  });

  it("is invalid, not missing, when the file cannot be read", () => {
    const configured = readConfiguration({ path, text: null, unreadable: "it is binary" }, []);
    expect(configured).toMatchObject({ state: "invalid", problems: [{ code: "config-invalid", file: path }] });
  });

  it("is repaired only by a pull request that mends it and touches nothing else", () => {
    const bad = { path, text: "endpoint: {}\n" };
    expect(readConfiguration(bad, [change(good)])).toMatchObject({ state: "invalid", repairedHere: true });
    expect(readConfiguration(bad, [change("still: wrong\n")]).repairedHere).toBe(false);
    expect(readConfiguration(bad, [change(good), { path: "a.py", status: "added", head: "" }]).repairedHere).toBe(false);
  });
});
