import { expect, test } from "vitest";
import type { Snapshot } from "../../src/model/pull-request.js";
import { text } from "../../src/model/text.js";
import type { HeadResults } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const repository = { installation: 7, repository: 70 };
const FORK = 71;
const run = (id: number, attempt = 1) => ({ id, attempt, url: `https://github.com/acme/shop/actions/runs/${id}` });

const result = (file: string, id: number, attempt = 1): HeadResults => ({
  file,
  source: run(id, attempt),
  run: {
    format: "k6-summary",
    measurements: [{ benchmark: "a\0b \ud800", metric: "time", unit: "s", better: "lower", statistic: "p99", value: 0.1 + 0.2 }],
    problems: [{ level: "warning", code: "odd", message: text`see ${file}` }],
  },
});

const snapshot = (title: string): Snapshot => ({
  number: 1,
  draft: false,
  base: { sha: "b", ref: "main" },
  mergeBase: { sha: "m" },
  head: { sha: "h" },
  files: [{ path: `${title}\0\ud800'"\\`, status: "added", head: "select 1;\n" }],
});

describeOnBothEngines("results of a head", (opened) => {
  test("come back as they were read, oldest run first and in the order of their files", async () => {
    const { heads } = opened().store;
    await heads.saveResults(repository, 70, "h", [result("z.json", 20), result("a.json", 20)], run(20));
    await heads.saveResults(repository, 70, "h", [result("b.json", 9)], run(9));
    await heads.saveResults(repository, FORK, "h", [result("fork.json", 5)], run(5));
    expect(await heads.results(repository, 70, "h")).toEqual([result("b.json", 9), result("z.json", 20), result("a.json", 20)]);
  });

  test("are replaced per attempt of a run", async () => {
    const { heads } = opened().store;
    await heads.saveResults(repository, 70, "h", [result("a.json", 1), result("b.json", 1)], run(1));
    await heads.saveResults(repository, 70, "h", [result("a.json", 1, 2)], run(1, 2));
    await heads.saveResults(repository, 70, "h", [result("c.json", 1)], run(1));
    expect(await heads.results(repository, 70, "h")).toEqual([result("c.json", 1), result("a.json", 1, 2)]);
    await heads.saveResults(repository, 70, "h", [], run(1));
    expect(await heads.results(repository, 70, "h")).toEqual([result("a.json", 1, 2)]);
  });
});

describeOnBothEngines("expected runs of a head", (opened) => {
  const expected = (id: number, attempt = 1) => ({ ...run(id, attempt), startedAt: `2026-01-01T00:00:0${attempt}Z` });

  const record = (attempt: number, completed = true) => ({
    ...run(20, attempt),
    event: "pull_request",
    workflow: "bench.yml",
    startedAt: `2026-01-01T00:00:0${attempt}Z`,
    completed,
    conclusion: completed ? "success" : null,
  });

  test("are every attempt by itself, whichever came first, and end where the next one began (R29)", async () => {
    const { heads, gate } = opened().store;
    await gate.recordRun(repository, 70, "h", record(2));
    await heads.expectRun(repository, 70, "h", expected(20, 2));
    await gate.recordRun(repository, 70, "h", record(3, false));
    await heads.expectRun(repository, 70, "h", { ...expected(20, 1), workflow: "bench.yml" });
    await heads.expectRun(repository, 70, "h", expected(9, 1));
    await heads.expectRun(repository, 70, "other", expected(1));
    expect(await heads.expectedRuns(repository, 70, "h")).toEqual([
      expected(9, 1),
      { ...expected(20, 1), workflow: "bench.yml", until: expected(20, 2).startedAt },
      { ...expected(20, 2), until: expected(20, 3).startedAt },
    ]);
  });

  test("are forgotten when read, each attempt by itself", async () => {
    const { heads } = opened().store;
    await heads.expectRun(repository, 70, "h", expected(1, 2));
    await heads.forgetRun(repository, 70, "h", { id: 1, attempt: 1 });
    expect(await heads.expectedRuns(repository, 70, "h")).toEqual([expected(1, 2)]);
    await heads.forgetRun(repository, 70, "h", { id: 1, attempt: 2 });
    expect(await heads.expectedRuns(repository, 70, "h")).toEqual([]);
  });
});

describeOnBothEngines("snapshots", (opened) => {
  test("are kept whole and never change for a pair of commits", async () => {
    const { heads } = opened().store;
    expect(await heads.snapshot(repository, "m", "h")).toBeNull();
    await heads.saveSnapshot(repository, "m", "h", snapshot("first"), ["m", "p1", "p2"]);
    await heads.saveSnapshot(repository, "m", "h", snapshot("second"), []);
    expect(await heads.snapshot(repository, "m", "h")).toEqual({ snapshot: snapshot("first"), ancestors: ["m", "p1", "p2"] });
    expect(await heads.snapshot(repository, "h", "m")).toBeNull();
  });
});
