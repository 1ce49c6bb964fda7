import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHere, trustIn } from "../../src/evidence/trust.js";
import type { Collected } from "../../src/model/collected.js";
import type { Changes, Results } from "../../src/model/evidence.js";
import type { ChangedFile, Snapshot } from "../../src/model/pull-request.js";
import { plain } from "../../src/model/text.js";
import { trustLine } from "../../src/review/trusted.js";
import { configOf } from "../config/reading.js";

const BENCH = ".github/workflows/bench.yml";
const needed = configOf("on_budget_exceed:\n  - block_merge: true\nevidence: { required: [k6-summary] }\n");

const results = (workflow: string | null = BENCH, attempt = 1): Collected<Results> => ({
  status: "collected",
  value: {
    files: [
      {
        file: "redline/k6.json",
        source: { id: 7, attempt, url: "https://github.test/run/7", ...(workflow !== null && { workflow }) },
        run: { format: "k6-summary", measurements: [], problems: [] },
      },
    ],
  },
});

const snapshot = (files: readonly ChangedFile[] = [], fork = false): Snapshot => ({
  draft: false,
  ...(fork && { fork }),
  base: { sha: "b", ref: "main" },
  mergeBase: { sha: "b" },
  head: { sha: "h" },
  files,
});

const changes = (parts: Partial<Changes> = {}): Changes => ({
  files: [],
  critical: [],
  benchmarks: [],
  loadTests: [],
  endpoints: [],
  ...parts,
});
const edited = (path: string, parts: Partial<ChangedFile> = {}): ChangedFile => ({
  path,
  status: "modified",
  base: "on: push",
  head: "on: push",
  ...parts,
});
const told = (files: readonly ChangedFile[], workflow: string | null = BENCH) =>
  trustIn(results(workflow), snapshot(files), changes(), needed).editedHere;

describe("what measures a change", () => {
  it("is named where the change edits it: the workflow that ran, reusable ones, actions of the repository (A02)", () => {
    expect(told([edited(BENCH)])).toEqual([BENCH]);
    expect(told([edited(BENCH)], `${BENCH}@refs/heads/main`)).toEqual([BENCH]);
    expect(told([edited(".github/workflows/moved.yml", { status: "renamed", previousPath: BENCH })])).toEqual([
      ".github/workflows/moved.yml",
    ]);
    expect(told([edited(".github/workflows/shared.yml", { base: "on:\n  workflow_call:\n" })])).toEqual([".github/workflows/shared.yml"]);
    expect(told([edited(".github/workflows/huge.yml", { unread: "larger than 512 KB" })])).toEqual([".github/workflows/huge.yml"]);
    expect(told([edited(".github/actions/measure/action.yml")])).toEqual([".github/actions/measure/action.yml"]);
    expect(told([edited(".github/workflows/lint.yml"), edited("src/a.ts")])).toEqual([]);
  });

  it("may be any workflow where an earlier version did not keep which one ran", () => {
    expect(told([edited(".github/workflows/lint.yml")], null)).toEqual([".github/workflows/lint.yml"]);
  });

  it("is named of benchmarks and load tests too, and of nothing where there is no result", () => {
    const measuring = changes({ benchmarks: ["benches/a.py"], loadTests: ["load/a.js"] });
    expect(trustIn(results(), snapshot(), measuring, needed).editedHere).toEqual(["benches/a.py", "load/a.js"]);
    expect(trustIn({ status: "collected", value: { files: [] } }, snapshot([edited(BENCH)], true), measuring, needed)).toEqual({
      editedHere: [],
      doubts: [],
      runs: [],
    });
  });
});

describe("results that their author could have made up", () => {
  const doubts = (yaml: string, of: Snapshot, about: Changes = changes()) =>
    trustIn(results(), of, about, configOf(`on_budget_exceed:\n  - block_merge: true\nevidence: ${yaml}\n`)).doubts.map(plain);
  const fork = snapshot([], true);

  it("need somebody to vouch for them where they would open the gate, and none without its remedy, which a configuration may take away (A02)", () => {
    expect(doubts("{ required: [k6-summary] }", fork)).toEqual(["a fork's own code and workflow made them"]);
    expect(doubts("{ required: [k6-summary] }", snapshot([edited(BENCH)]))).toEqual([
      `this change edits the workflow that made them (${BENCH})`,
    ]);
    expect(doubts("{ required: [k6-summary], forks: trust }", fork)).toEqual([]);
    expect(doubts("{ required: [k6-summary], changed_workflows: trust }", snapshot([edited(BENCH)]))).toEqual([]);
    const benches = changes({ benchmarks: ["a.py", "b.py", "c.py", "d.py", "e.py"] });
    expect(doubts("{ required: [k6-summary] }", snapshot(), benches)).toEqual([]);
    expect(doubts("{ required: [k6-summary], changed_benchmarks: review }", snapshot(), benches)).toEqual([
      "this change edits what they measure with (a.py, b.py, c.py and 2 more)",
    ]);
  });

  it("need nobody where the gate would be open without them", () => {
    expect(doubts("{}", fork)).toEqual([]);
    const critical = changes({ critical: ["src/a.ts"] });
    const budgeted = configOf("endpoints: { /a: { latency_p99: 1s } }\non_budget_exceed:\n  - block_merge: true\n");
    expect(trustIn(results(), fork, critical, budgeted).doubts).toHaveLength(1);
    expect(trustIn(results(), fork, changes(), budgeted).doubts).toEqual([]);
  });

  it("of a fork are not read where the configuration wants none", () => {
    const none = configOf("evidence: { forks: ignore }\n");
    expect(fromHere(results(), fork, none).status).toBe("absent");
    expect(fromHere(results(), snapshot(), none).status).toBe("collected");
    expect(fromHere(results(), fork, configOf("")).status).toBe("collected");
  });
});

describe("the line that asks somebody to vouch", () => {
  const digest = (content: string) => createHash("sha256").update(content).digest("hex");
  const trust = (attempt = 1) => trustIn(results(BENCH, attempt), snapshot([], true), changes(), needed);
  const people = { attestations: [], headSha: "h", authorId: 5 };
  const tick = (basis: string | undefined, id = 6) => ({
    item: "evidence/trusted" as const,
    by: "mona",
    at: "2026-01-05T09:00:00Z",
    sha: "h",
    account: { id, bot: false },
    ...(basis !== undefined && { basis }),
  });
  const outcomeOf = (basis: string | undefined, attempt = 1, id = 6) =>
    trustLine(trust(attempt), { ...people, attestations: [tick(basis, id)] }, digest)[0]?.outcome;

  it("is required, says why, and is not there without a doubt", () => {
    const [line] = trustLine(trust(), people, digest);
    expect(line).toMatchObject({ item: "evidence/trusted", required: true, outcome: { status: "not-checked" } });
    expect(trustLine({ editedHere: [BENCH], doubts: [], runs: [] }, people, digest)).toEqual([]);
  });

  it("takes a second person's tick for this head and these runs, and for no other run (A02, R29)", () => {
    const basis = trustLine(trust(), people, digest)[0]?.basis;
    expect(outcomeOf(basis)).toMatchObject({ status: "attested", by: "mona" });
    expect(outcomeOf(basis, 1, 5)).toMatchObject({ status: "attested", standing: "author" });
    expect(outcomeOf(basis, 2)).toMatchObject({ status: "not-checked" });
    expect(outcomeOf("abc")).toMatchObject({ status: "not-checked" });
  });
});
