import { expect, test } from "vitest";
import { describeOnBothEngines } from "./engines.js";

const repository = { installation: 7, repository: 70 };
const other = { installation: 8, repository: 70 };
const at = new Date("2026-01-05T09:00:00Z");

const run = (id: number, parts: object = {}) => ({
  id,
  attempt: 1,
  event: "merge_group",
  workflow: ".github/workflows/bench.yml",
  url: `https://github.com/acme/shop/actions/runs/${id}`,
  startedAt: "2026-01-05T08:00:00Z",
  completed: false,
  conclusion: null,
  ...parts,
});

describeOnBothEngines("what the gate remembers", (opened) => {
  test("of a workflow run: a late event does not take its end back, and its results are counted", async () => {
    const { gate } = opened().store;
    await gate.recordRun(repository, 70, "h", run(1, { completed: true, conclusion: "cancelled" }));
    await gate.recordRun(repository, 70, "h", run(1));
    await gate.recordRun(repository, 70, "h", run(2, { event: "pull_request", workflow: "ci.yml" }));
    expect(await gate.runs(repository, 70, "h")).toMatchObject([
      { id: 1, completed: true, conclusion: "cancelled", results: 0 },
      { id: 2, completed: false, results: 0 },
    ]);
    expect(await gate.resultWorkflows(repository)).toEqual([]);
    await gate.recordResults(repository, "h", { id: 1, attempt: 1 }, 2);
    await gate.recordResults(repository, "h", { id: 2, attempt: 1 }, 1);
    expect(await gate.groupWorkflows(repository)).toEqual([".github/workflows/bench.yml"]);
    expect(await gate.resultWorkflows(repository)).toEqual([".github/workflows/bench.yml", "ci.yml"]);
    expect([await gate.runs(other, 70, "h"), await gate.groupWorkflows(other)]).toEqual([[], []]);
  });

  test("of a merge group: where it begins and whom it is named after", async () => {
    const { gate } = opened().store;
    const group = { headSha: "g", baseSha: "b", baseRef: "main", number: 5, tree: "t", requestedAt: at };
    await gate.recordGroup(repository, group);
    await gate.recordGroup(repository, group);
    expect(await gate.group(repository, "g")).toEqual(group);
    await gate.recordGroup(repository, { ...group, headSha: "g2", tree: null });
    expect((await gate.group(repository, "g2"))?.tree).toBeNull();
    expect([await gate.group(repository, "b"), await gate.group(other, "g")]).toEqual([null, null]);
  });

  test("of a base branch: its rules as read last, and whether its configuration blocked", async () => {
    const { gate } = opened().store;
    const rules = { required: [{ name: "redline/main", source: null }], others: [3, null] };
    await gate.saveRules(repository, "main", { required: [], others: [] }, at);
    await gate.saveRules(repository, "main", rules, at);
    expect(await gate.rules(repository, "main")).toEqual({ ...rules, readAt: at });
    expect(await gate.rules(other, "main")).toBeNull();
    await gate.enrol(repository, "main", "1");
    await gate.enrol(repository, "main", "2");
    expect([await gate.enrolled(repository, "main"), await gate.enrolled(other, "main")]).toEqual(["2", null]);
    await gate.release(repository, "main");
    expect(await gate.enrolled(repository, "main")).toBeNull();
  });

  test("of a merge past a closed gate: once, with who and what the check said", async () => {
    const { gate } = opened().store;
    const bypass = { baseRef: "main", by: "root", state: "failure" };
    await gate.recordBypass(repository, { number: 5, headSha: "h" }, bypass, at);
    await gate.recordBypass(repository, { number: 5, headSha: "h" }, { ...bypass, state: "success" }, at);
    expect(await gate.bypasses(repository)).toEqual([{ number: 5, headSha: "h", ...bypass }]);
    expect(await gate.bypasses(other)).toEqual([]);
  });
});
