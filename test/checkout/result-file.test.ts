import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { originAt, type ResultSettings, readResultAt } from "../../src/checkout/result-file.js";
import { plain } from "../../src/model/text.js";

const STREAM = readFileSync(new URL("../fixtures/formats/k6-ndjson/handmade-two-endpoints.ndjson", import.meta.url));
let folder: string;
const read = (name: string, settings?: ResultSettings) => readResultAt(join(folder, name), name, settings);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "redline-result-"));
  writeFileSync(join(folder, "k6.ndjson"), STREAM);
  writeFileSync(join(folder, "k6.json.gz"), gzipSync(STREAM));
  writeFileSync(join(folder, "cut.json.gz"), gzipSync(STREAM).subarray(0, 2_000));
  writeFileSync(join(folder, "other.txt"), "Statistics of nothing\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a result file on disk", () => {
  test("has bare names beside it and nothing else", async () => {
    const origin = originAt(join(folder, "k6.ndjson"), "k6.ndjson", {});
    expect(await origin.sibling("other.txt")).toEqual(readFileSync(join(folder, "other.txt")));
    for (const name of ["../other.txt", join(folder, "other.txt"), "..", ".", "missing", "a\0b"])
      expect(await origin.sibling(name)).toBeUndefined();
  });

  test("packed with gzip reads like the plain one", async () => {
    const plainly = await read("k6.ndjson");
    const packed = await read("k6.json.gz");
    if (!("run" in plainly && "run" in packed)) throw new Error("not read");
    expect(packed.run.load).toEqual(plainly.run.load);
    expect(packed.run.measurements).toEqual(plainly.run.measurements);
  });

  test("packed and cut is broken, in words", async () => {
    const result = await read("cut.json.gz");
    expect(result).toHaveProperty("broken");
    expect("broken" in result ? plain(result.broken.message) : "").toContain("the gzip data is cut or damaged");
  });

  test("may be a pipe, which has neither size nor second beginning", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const [reading] = await Promise.all([read("pipe"), writeFile(pipe, STREAM.subarray(0, 20_000))]);
    expect(reading).toHaveProperty("run");
  });

  test("is read as the configuration says, and an error is about that format", async () => {
    expect(await read("other.txt")).toHaveProperty("unrecognized");
    const result = await read("other.txt", { formats: { "*.txt": "autocannon" } });
    expect("broken" in result && plain(result.broken.message)).toMatch(/^autocannon --json: /);
  });

  test("that is not there is the system's error", async () => {
    await expect(read("missing.json")).rejects.toThrow("ENOENT");
  });
});
