import { gzipSync } from "node:zlib";
import { strToU8, type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { plain } from "../../src/model/text.js";
import { openArchive } from "../../src/sandbox/archive.js";
import { isReadable, readArtifact } from "../../src/worker/read-artifact.js";
import { type ArtifactCaps, artifactCaps, DEFAULT_RESULT_CAP } from "../../src/worker/result-cap.js";
import { configOf } from "../config/reading.js";
import { fixture } from "../formats/reading.js";

const K6 = fixture("k6-ndjson/handmade-two-endpoints.ndjson");
const HYPERFINE = fixture("hyperfine/parameters.json");
const criterion = (name: string) => fixture(`criterion-estimates/slower/chain/${name}.json`);

async function read(files: Zippable, changed: Partial<ArtifactCaps> = {}, yaml = "") {
  const caps = { ...artifactCaps(DEFAULT_RESULT_CAP), ...changed };
  const archive = await openArchive([zipSync(files)], { ...caps, wanted: isReadable });
  if ("refused" in archive) throw new Error(plain(archive.refused));
  try {
    return await readArtifact("results", archive, configOf(yaml), caps);
  } finally {
    archive.close();
  }
}

/** For each file its format, or the level and sentence of why it is not read. */
const told = (files: Awaited<ReturnType<typeof read>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    files.map(({ file, run }) => {
      const [problem] = run.problems;
      return [file, run.format === "unread" && problem ? `${problem.level}: ${plain(problem.message)}` : run.format];
    }),
  );

describe("an artifact", () => {
  test("with two tools' results has each read by itself; what nobody knows is named and is no error", async () => {
    const found = await read({ "k6.json": K6, "micro/hyperfine.json": HYPERFINE, "notes.txt": strToU8("hello"), "trace.bin": K6 });
    expect(told(found)).toEqual({
      "results/k6.json": "k6-ndjson",
      "results/micro/hyperfine.json": "hyperfine",
      "results/notes.txt": "warning: not read: not a result file of a known format",
    });
    expect(found.every(({ run }) => run.format === "unread" || run.measurements.length > 0)).toBe(true);
  });

  test("with one broken result has the others read", async () => {
    const found = told(await read({ "a.json": HYPERFINE.subarray(0, 300), "b.json.gz": gzipSync(K6).subarray(0, 2_000), "c.json": K6 }));
    expect(found["results/a.json"]).toMatch(/^error: hyperfine/);
    expect(found["results/b.json.gz"]).toMatch(/^error: .*the gzip data is cut or damaged$/);
    expect(found["results/c.json"]).toBe("k6-ndjson");
  });

  test("may hold results that are packed with gzip", async () => {
    const [packed, plainly] = await read({ "k6.json.gz": gzipSync(K6), "k6.ndjson": K6 });
    expect(packed?.run.format).toBe("k6-ndjson");
    expect(packed?.run.load).toEqual(plainly?.run.load);
    expect(packed?.run.measurements).toEqual(plainly?.run.measurements);
  });

  test("is read as the configuration says", async () => {
    const files = await read({ "k6.json": K6 }, {}, 'formats: { "**/k6.json": autocannon }');
    expect(told(files)["results/k6.json"]).toMatch(/^error: autocannon/);
  });

  test("hands in SQL by its name, whatever else it holds", async () => {
    const files = {
      "redline-schema.sql": strToU8("CREATE TABLE t ();"),
      "db/redline-migration-1.sql": strToU8("SELECT 1"),
      "other.sql": K6,
    };
    const found = await read(files);
    expect(found.map(({ file, run }) => [file, run.format, run.sql])).toEqual([
      ["results/redline-schema.sql", "sql", "CREATE TABLE t ();"],
      ["results/db/redline-migration-1.sql", "sql", "SELECT 1"],
    ]);
  });

  test("of criterion says nothing of the files that belong to the estimates", async () => {
    const files = (folder: string, estimates: Uint8Array): Zippable => ({
      [`${folder}/benchmark.json`]: criterion("new/benchmark"),
      [`${folder}/sample.json`]: criterion("new/sample"),
      [`${folder}/tukey.json`]: strToU8("[1.5,2.5,3.5,4.5]"),
      ...(estimates.length > 0 && { [`${folder}/estimates.json`]: estimates }),
    });
    const own = files("chain/new", criterion("new/estimates"));
    expect(told(await read({ ...own, ...files("chain/base", criterion("base/estimates")) }))).toEqual({
      "results/chain/new/estimates.json": "criterion-estimates",
      "results/chain/base/estimates.json": expect.stringContaining("warning: not read: "),
    });
    expect(Object.keys(told(await read(files("chain/new", new Uint8Array()))))).toHaveLength(3);
  });
});

describe("an artifact above the caps", () => {
  test("has one entry refused with its size, the cap and what helps, and the others read", async () => {
    const files = await read(
      { "k6.json": K6, "hyperfine.json": HYPERFINE },
      { file: { ...artifactCaps(DEFAULT_RESULT_CAP).file, streamed: K6.length - 1 } },
    );
    const size = (bytes: number) => `${bytes / 1e6} MB`;
    expect(told(files)).toEqual({
      "results/k6.json": `error: not read: ${size(K6.length)}, the cap is ${size(K6.length - 1)}`,
      "results/hyperfine.json": "hyperfine",
    });
    const [problem] = files[0]?.run.problems ?? [];
    expect(problem?.code).toBe("too-large");
    expect(plain(problem?.remedy ?? [])).toBe(
      "write a smaller result file, with fewer samples in it, or let the operator of this App raise REDLINE_RESULT_CAP",
    );
  });

  test("has what came before the cap read, and the rest refused in one sentence", async () => {
    const files = await read(
      { "a.json": K6, "b.json": K6, "c.json": HYPERFINE, "d.json": HYPERFINE },
      { unpackedBytes: K6.length + 1_000 },
    );
    expect(told(files)).toEqual({
      "results/a.json": "k6-ndjson",
      "results/b.json": expect.stringMatching(
        /^error: not read: [\d.]+ MB, the cap is [\d.]+ MB for all files of an artifact together; the 2 files after it are not read either$/,
      ),
    });
    expect(plain(files[1]?.run.problems[0]?.remedy ?? [])).toContain("or let the operator of this App raise REDLINE_RESULT_CAP");
  });

  test("counts what comes out of gzip, not what went in", async () => {
    const files = await read({ "k6.json.gz": gzipSync(K6) }, { unpackedBytes: K6.length - 1 });
    expect(told(files)["results/k6.json.gz"]).toMatch(/^error: not read: more than [\d.]+ MB, the cap/);
  });
});

test.each(["a.json", "x/y.ndjson", "k6.json.gz", "t.jtl.gz", "a.csv", "a.log", "a.txt"])("%s is worth opening", (name) => {
  expect(isReadable(name)).toBe(true);
});

test.each(["a.png", "a.gz", "a.json.zip", "json"])("%s is not", (name) => {
  expect(isReadable(name)).toBe(false);
});
