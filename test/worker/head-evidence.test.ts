import { describe, expect, it } from "vitest";
import { isNamedWorkflow } from "../../src/config/workflows.js";
import { plain } from "../../src/model/text.js";
import type { HeadResults } from "../../src/store/store.js";
import { countedResults } from "../../src/worker/head-evidence.js";

const result = (id: number, attempt = 1, workflow: string | null = ".github/workflows/bench.yml"): HeadResults => ({
  file: `redline/${id}-${attempt}.json`,
  source: { id, attempt, url: `https://github.test/run/${id}`, ...(workflow !== null && { workflow }) },
  run: { format: "k6-summary", measurements: [], problems: [] },
});

describe("the results of a head", () => {
  it("count for the first run of a workflow and two reruns, in their order; whoever reruns until one is good gains nothing (R29)", () => {
    const { files, problems = [] } = countedResults([
      result(1),
      result(1, 2),
      result(1, 3),
      result(1, 4),
      result(2),
      result(3, 1, "load.yml"),
    ]);
    expect(files.map(({ file }) => file)).toEqual(["redline/1-1.json", "redline/1-2.json", "redline/1-3.json", "redline/3-1.json"]);
    expect(problems.map(({ message }) => plain(message))).toEqual([
      "2 more runs of .github/workflows/bench.yml on this head not counted: the first and two reruns decide",
    ]);
  });

  it("count an artifact once: one that was read before its attempt was known is the later attempt's (R29)", () => {
    const of = (attempt: number, artifact: number): HeadResults => ({ ...result(1, attempt), artifact, file: `${attempt} ${artifact}` });
    const { files } = countedResults([of(1, 70), of(1, 71), of(2, 71)]);
    expect(files.map(({ file }) => file)).toEqual(["1 70", "2 71"]);
  });

  it("are told apart by their runs where the workflow is not known", () => {
    const old = [1, 2, 3, 4].map((id) => result(id, 1, null));
    expect(countedResults(old)).toEqual({ files: old });
  });
});

describe("workflows that the configuration names", () => {
  it.each<[readonly string[], string | undefined, boolean]>([
    [[], undefined, true],
    [["bench.yml"], ".github/workflows/bench.yml", true],
    [["bench.yml"], ".github/workflows/bench.yml@refs/heads/main", true],
    [[".github/workflows/*.yml"], ".github/workflows/bench.yml", true],
    [["bench.yml"], ".github/workflows/my-bench.yml", false],
    [["bench.yml"], undefined, false],
  ])("%j: %s is one of them: %s (A01)", (named, workflow, expected) => {
    expect(isNamedWorkflow(named, workflow)).toBe(expected);
  });
});
