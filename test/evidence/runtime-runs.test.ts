import { describe, expect, it } from "vitest";
import { withoutRuntime } from "../../src/evidence/delivered-runtime.js";
import { runtimeRuns } from "../../src/evidence/runtime-runs.js";
import type { ResultFile } from "../../src/model/evidence.js";
import type { RuntimeManifest, RuntimePart, RuntimeRecord, RuntimeRun } from "../../src/model/runtime.js";

const SHA = "1".repeat(40);
const DIGEST = "a".repeat(64);

const file = (name: string, runtime: RuntimePart): ResultFile => ({
  file: name,
  run: { format: "otlp-json", measurements: [], problems: [], runtime },
});
const run = { statements: [], noise: 0, otherSystems: [], calls: [], spans: 3, connections: 0 };
const record = (more: Partial<RuntimeRecord> = {}): RuntimeRecord => ({
  source: "traces",
  sha256: DIGEST,
  instrumentations: [{ name: "pg", version: "1" }],
  services: ["shop"],
  statements: [],
  entries: [{ kind: "test", key: "test a", runs: [run] }],
  totals: { statements: 100, noise: 0, failed: 0, outside: 0, spans: 200, orphans: 0, duplicates: 0 },
  doubts: [],
  ...more,
});
const manifest = (more: Partial<RuntimeManifest> = {}): RuntimePart => ({
  manifest: {
    schemaVersion: 1,
    repository: "octo/shop",
    headSha: SHA,
    suite: "api",
    sampler: "always_on",
    spansEnded: 200,
    instrumentations: [],
    files: [{ name: "traces.jsonl", sha256: DIGEST }],
    ...more,
  },
});
const suite = (change: Partial<RuntimeManifest>, own: Partial<RuntimeRecord> = {}): readonly RuntimeRun[] =>
  runtimeRuns([file("r/traces.jsonl", record(own)), file("r/redline-runtime.json", manifest(change))], SHA);
const reasons = ([first]: readonly RuntimeRun[]): readonly string[] =>
  first?.completeness.status === "partial" ? first.completeness.reasons.map(({ code }) => code) : [];

describe("completeness", () => {
  it("is given by a manifest that agrees with its files", () => {
    const [first] = suite({});
    expect(first?.completeness).toEqual({ status: "complete" });
    expect([first?.suite, first?.files]).toEqual(["api", ["r/traces.jsonl"]]);
  });

  it.each<[string, Partial<RuntimeManifest>, Partial<RuntimeRecord>]>([
    ["other-head", { headSha: "2".repeat(40) }, {}],
    ["sampled", { sampler: "traceidratio" }, {}],
    ["span-count", { spansEnded: 5_000 }, {}],
    ["file-differs", { files: [{ name: "traces.jsonl", sha256: "b".repeat(64) }] }, {}],
    ["orphans", {}, { totals: { ...record().totals, orphans: 3 } }],
    ["outside", {}, { totals: { ...record().totals, outside: 11 } }],
    ["dropped", {}, { doubts: [{ code: "dropped", message: ["x"] }] }],
  ])("is lost by %s", (code, change, own) => expect(reasons(suite(change, own))).toEqual([code]));

  it.each<[string, Partial<RuntimeManifest>]>([
    ["file-missing", { files: [...[{ name: "traces.jsonl", sha256: DIGEST }], { name: "more.jsonl", sha256: DIGEST }] }],
  ])("is lost by %s", (code, change) => expect(reasons(suite(change))).toEqual([code]));

  it("is lost by a file that the manifest does not list", () => {
    const files = [
      file("r/traces.jsonl", record()),
      file("r/b.jsonl", record()),
      file("r/redline-runtime.json", manifest({ spansEnded: 400 })),
    ];
    expect(reasons(runtimeRuns(files, SHA))).toEqual(["file-unlisted"]);
  });

  it("is lost where the manifest does not say how many spans ended", () => {
    const { spansEnded: _, ...rest } = { ...("manifest" in manifest() ? (manifest() as { manifest: RuntimeManifest }).manifest : {}) };
    const files = [file("r/traces.jsonl", record()), file("r/redline-runtime.json", { manifest: rest as RuntimeManifest })];
    expect(reasons(runtimeRuns(files, SHA))).toEqual(["span-count"]);
  });

  it("is never there without a manifest in the same folder", () => {
    const files = [file("a/traces.jsonl", record()), file("b/redline-runtime.json", manifest())];
    expect(reasons(runtimeRuns(files, SHA))).toEqual(["no-manifest"]);
    expect(runtimeRuns(files, SHA)[0]?.suite).toBe("a");
  });

  it("of pg_stat_statements needs to know that nothing was evicted", () => {
    const view = { source: "statement-statistics" } as const;
    expect(reasons(suite({ dealloc: 0 }, view))).toEqual([]);
    expect(reasons(suite({ dealloc: 7 }, view))).toEqual(["evicted"]);
    expect(reasons(suite({}, view))).toEqual(["evicted"]);
  });

  it("keeps orphans and statements outside within their shares", () => {
    expect(reasons(suite({}, { totals: { ...record().totals, orphans: 2, outside: 10 } }))).toEqual([]);
  });
});

describe("files of one suite", () => {
  it("are one run: sums, and runs of the same entry together", () => {
    const listed = ["a.jsonl", "b.jsonl"].map((name) => ({ name, sha256: DIGEST }));
    const [first, ...others] = runtimeRuns(
      [
        file("r/a.jsonl", record()),
        file("r/b.jsonl", record()),
        file("r/redline-runtime.json", manifest({ files: listed, spansEnded: 400 })),
      ],
      SHA,
    );
    expect(others).toEqual([]);
    expect(first?.totals.spans).toBe(400);
    expect(first?.entries).toEqual([{ kind: "test", key: "test a", runs: [run, run] }]);
    expect(first?.completeness.status).toBe("complete");
  });

  it("of different sources stay apart", () => {
    const files = [file("r/a.jsonl", record()), file("r/b.csv", record({ source: "statement-statistics" }))];
    expect(runtimeRuns(files, null).map(({ source }) => source)).toEqual(["traces", "statement-statistics"]);
  });

  it("are the newest of each name", () => {
    const files = [file("r/a.jsonl", record()), file("r/a.jsonl", record({ totals: { ...record().totals, spans: 5 } }))];
    expect(runtimeRuns(files, null)[0]?.totals.spans).toBe(5);
  });

  it("are no results", () => {
    const measured: ResultFile = { file: "k6.json", run: { format: "k6", measurements: [], problems: [] } };
    const traces = file("r/a.jsonl", record());
    const both = withoutRuntime({ status: "collected", value: { files: [measured, traces] } });
    expect([both.results, both.runtime]).toEqual([{ status: "collected", value: { files: [measured] } }, [traces]]);
    expect(withoutRuntime({ status: "collected", value: { files: [traces] } }).results.status).toBe("absent");
  });
});
