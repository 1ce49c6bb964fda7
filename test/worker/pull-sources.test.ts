import { describe, expect, it } from "vitest";
import { withoutSql } from "../../src/evidence/delivered-sql.js";
import type { PullFacts } from "../../src/github/facts.js";
import type { Snapshot } from "../../src/model/pull-request.js";
import { DEFAULT_BRANCH, type HeadResults } from "../../src/store/store.js";
import { pullSources } from "../../src/worker/pull-sources.js";
import { configOf } from "../config/reading.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const [HEAD, BASE, MERGE_BASE, PARENT] = ["h".repeat(40), "b".repeat(40), "m".repeat(40), "p".repeat(40)] as const;
const snapshot: Snapshot = {
  draft: false,
  base: { sha: BASE, ref: "main" },
  mergeBase: { sha: MERGE_BASE },
  head: { sha: HEAD },
  files: [],
};
const FACTS: PullFacts = {
  owner: "acme",
  name: "shop",
  repositoryId: 2,
  url: "https://github.test/acme/shop",
  organization: true,
  defaultBranch: "main",
  number: 1,
  state: "open",
  draft: false,
  locked: false,
  changedFiles: 0,
  updatedAt: "2026-01-05T09:00:00Z",
  head: { sha: HEAD, repositoryId: 2 },
  base: { ref: "main", sha: BASE },
  author: null,
  labels: [],
  timeline: null,
  contributors: null,
  configuration: { path: ".github/redline.yml", text: null },
  statistics: { path: ".github/redline-statistics.sql", text: null },
};
const source = { id: 9, attempt: 1, url: "https://github.test/run/9" };
const sql = (name: string, content: string): HeadResults => ({
  file: `ci/${name}`,
  source,
  run: { format: "sql", measurements: [], problems: [], sql: content },
});

async function sources() {
  const github = writable();
  const known = await stage.pull({ headSha: HEAD });
  await stage.store.heads.saveSnapshot(known, BASE, HEAD, snapshot, [MERGE_BASE, PARENT]);
  return { known, of: pullSources({ github, known, dependencies: stage.dependencies(github) }, FACTS) };
}

describe("SQL that workflows handed in", () => {
  it("is kept with the head, and taken out of its results", async () => {
    const { known, of } = await sources();
    await stage.store.heads.saveResults(known, 2, HEAD, [sql("redline-schema.sql", "S\u00e4"), sql("redline-migration.sql", "M")], source);
    const { sql: taken, results } = withoutSql(await of.results(configOf("")));
    expect(taken.schema?.text).toBe("S\u00e4");
    expect(taken.migrations.map(({ text }) => text)).toEqual(["M"]);
    expect(results.status).toBe("absent");
  });

  it("is the base's where a run of the merge base or one before it left a dump; a pull request's head of the same commit is none (A01)", async () => {
    const { known, of } = await sources();
    const asked = () => of.baseSchema?.(snapshot, configOf(""));
    for (const head of [77, 2]) await stage.store.heads.saveResults(known, head, MERGE_BASE, [sql("redline-schema.sql", "fork")], source);
    expect(await asked()).toBeNull();
    await stage.store.heads.saveResults(known, DEFAULT_BRANCH, PARENT, [sql("redline-schema.sql", "parent")], source);
    expect(await asked()).toEqual({ path: "artifact://ci/redline-schema.sql", text: "parent" });
    await stage.store.heads.saveResults(known, DEFAULT_BRANCH, MERGE_BASE, [sql("redline-schema.sql", "base")], source);
    expect((await asked())?.text).toBe("base");
  });
});

describe("records of test runs", () => {
  const record = (key: string): HeadResults => ({
    file: "redline-runtime/traces.jsonl",
    source,
    run: {
      format: "otlp-json",
      measurements: [],
      problems: [],
      runtime: {
        source: "traces",
        sha256: "0".repeat(64),
        instrumentations: [],
        services: [],
        statements: [],
        entries: [{ kind: "test", key, runs: [] }],
        totals: { statements: 0, noise: 0, failed: 0, outside: 0, spans: 1, orphans: 0, duplicates: 0 },
        doubts: [],
      },
    },
  });

  it("are the merge base's, else those of the nearest commit before it that kept one", async () => {
    const { known, of } = await sources();
    const asked = () => of.baseRuntime?.(snapshot, configOf(""));
    expect(await asked()).toBeNull();
    await stage.store.heads.saveResults(known, DEFAULT_BRANCH, PARENT, [record("test \0 parent")], source);
    expect(await asked()).toMatchObject({ sha: PARENT, distance: 1, runs: [{ entries: [{ key: "test \0 parent" }] }] });
    await stage.store.heads.saveResults(known, DEFAULT_BRANCH, MERGE_BASE, [record("test base")], source);
    expect(await asked()).toMatchObject({ sha: MERGE_BASE, distance: 0, runs: [{ suite: "redline-runtime" }] });
  });
});

describe("CPU profiles", () => {
  const profile = (name: string): HeadResults => ({
    file: "profiles/main.cpuprofile",
    source,
    run: {
      format: "cpuprofile",
      measurements: [],
      problems: [],
      profile: { samples: 9, hot: [{ name, path: "src/a.ts", self: 0.1, total: 0.4 }] },
    },
  });

  it("of the base are the merge base's, else those of the nearest commit before it that kept one", async () => {
    const { known, of } = await sources();
    const asked = () => of.baseResults?.(snapshot, configOf(""));
    await stage.store.heads.saveResults(known, DEFAULT_BRANCH, MERGE_BASE, [sql("redline-schema.sql", "base")], source);
    expect(await asked()).toEqual([]);
    await stage.store.heads.saveResults(known, DEFAULT_BRANCH, PARENT, [profile("parent")], source);
    expect(await asked()).toMatchObject([{ run: { profile: { hot: [{ name: "parent" }] } } }]);
  });
});
