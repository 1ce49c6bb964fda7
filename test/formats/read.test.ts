import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readResultFile } from "../../src/formats/read.js";
import { FormatError, type Origin, type ResultFormat } from "../../src/model/measurement.js";
import { plain, text } from "../../src/model/text.js";
import { brokenOf, bytesOf, fixture, read, runOf, sentence, stream } from "./reading.js";

const FULL = "pytest-benchmark/full-data.json";
const samples = [FULL, "autocannon/some-503.json", "k6-summary/handmade-endpoints.json", "k6-summary-export/handmade-endpoints.json"];

const utf16 = (content: Uint8Array, mark: boolean) =>
  new Uint8Array(Buffer.from((mark ? "\ufeff" : "") + new TextDecoder().decode(content), "utf16le"));

const format = (id: string, changes: Partial<ResultFormat> = {}): ResultFormat => ({
  id,
  title: `${id} --json`,
  recognizes: () => true,
  parse: async () => ({ format: id, measurements: [], noData: text`nothing`, problems: [] }),
  ...changes,
});

describe("reading a result file", () => {
  test.each(samples)("%s reads the same however it is chunked, marked or wrapped in white space", async (path) => {
    const bytes = fixture(path);
    const expected = await read(bytes);
    expect(expected).toHaveProperty("run");
    for (const size of [1, 7, 65_536]) expect(await readResultFile("results.json", stream(bytes, size))).toEqual(expected);
    expect(await read(new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]))).toEqual(expected);
    expect(await read(`\n ${new TextDecoder().decode(bytes).replaceAll("\n", "\r\n")}\r\n`)).toEqual(expected);
  });

  test("every problem of a run carries the file's name", async () => {
    const { problems } = await runOf(fixture("k6-summary/handmade-endpoints.json"));
    expect(problems.length).toBeGreaterThan(3);
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(["results.json"]));
  });

  test("the same file read twice gives the same run", async () => {
    expect(await read(fixture(FULL))).toEqual(await read(fixture(FULL)));
  });
});

describe("a file that cannot be read", () => {
  test.each<[string, unknown]>([
    ["of no bytes", ""],
    ["of white space", "\r\n  \n"],
    ["of a byte order mark alone", new Uint8Array([0xef, 0xbb, 0xbf])],
  ])("%s is empty, which is an error", async (_, content) => {
    expect(await brokenOf(content)).toMatchObject({ level: "error", code: "empty-file", file: "results.json" });
  });

  test.each(samples)("%s above the cap is an error that names the cap", async (path) => {
    const bytes = fixture(path);
    const caps = { whole: bytes.length - 1, streamed: 1_000_000_000 };
    const problem = await brokenOf(bytes, { caps });
    expect(problem.code).toBe("too-large");
    const cap = `${caps.whole / 1e6} MB`;
    expect(sentence(problem)).toBe(`not read: more than ${cap}, the cap of a format that is read as a whole`);
    expect(sentence(await brokenOf(bytes, { caps, size: bytes.length }))).toBe(
      `not read: ${bytes.length / 1e6} MB, the cap is ${cap} of a format that is read as a whole`,
    );
    expect(await read(bytes, { caps: { ...caps, whole: bytes.length } })).toHaveProperty("run");
  });

  test("that streams has a cap of its own, and the source is let go where it is reached", async () => {
    let [asked, closed] = [0, false];
    async function* endless() {
      try {
        for (;;) {
          asked += 100_000;
          yield new Uint8Array(100_000).fill(0x20);
        }
      } finally {
        closed = true;
      }
    }
    const streaming = format("a", {
      streams: true,
      parse: async (chunks) => {
        for await (const chunk of chunks) expect(chunk.length).toBeGreaterThan(0);
        return { format: "a", measurements: [], problems: [] };
      },
    });
    const result = await readResultFile("r.json", endless(), { caps: { whole: 0, streamed: 1_000_000 }, known: [streaming] });
    expect("broken" in result && sentence(result.broken)).toBe("not read: more than 1 MB, the cap");
    expect(asked).toBeLessThan(1_200_000);
    expect(closed).toBe(true);
  });

  test("of somebody else's is nobody's after its first 64 KB, and nothing more is read of it", async () => {
    let asked = 0;
    async function* endless() {
      for (;;) {
        asked++;
        yield bytesOf(" ".repeat(10_000));
      }
    }
    expect(await readResultFile("r.json", endless())).toHaveProperty("unrecognized");
    expect(asked).toBe(7);
  });

  test("because its packing is damaged is broken, with the packing's sentence", async () => {
    async function* damaged(): AsyncIterable<Uint8Array> {
      yield fixture(FULL).subarray(0, 70_000);
      throw new FormatError("truncated", text`the gzip data is cut`, text`again`);
    }
    const result = await readResultFile("r.json", damaged());
    expect("broken" in result && sentence(result.broken)).toMatch(/the gzip data is cut$/);
  });

  test.each([true, false])("in UTF-16 asks for UTF-8, byte order mark or not: %s", async (mark) => {
    const problem = await brokenOf(utf16(fixture(FULL), mark));
    expect(problem).toMatchObject({ level: "error", code: "utf-16" });
    expect(plain(problem.remedy ?? [])).toBe("save as UTF-8");
  });

  test.each([
    ["pytest-benchmark", "pytest-benchmark --benchmark-json"],
    ["autocannon", "autocannon --json"],
  ])("names its format: %s", async (id, title) => {
    const path = samples.find((sample) => sample.startsWith(id)) ?? "";
    expect(sentence(await brokenOf(fixture(path).subarray(0, -20)))).toMatch(new RegExp(`^${title}: the file ends in the middle`));
  });

  test("is broken when it nests too deep, and not by breaking the reader (A06)", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const file = `{"machine_info": {"python_version": "3"}, "extra": ${deep}, "benchmarks": []}`;
    expect(await brokenOf(file)).toMatchObject({ code: "too-deep" });
  });

  test("is broken when it holds more measurements than anybody can look at (A06)", async () => {
    const benchmarks = Array.from({ length: 20_001 }, (_, index) => ({ fullname: `t${index}`, stats: { min: 1 } }));
    expect(await brokenOf({ benchmarks })).toMatchObject({ code: "too-many" });
  });

  test("with more than a hundred problems lists a hundred and counts the rest", async () => {
    const benchmarks = Array.from({ length: 150 }, (_, index) => ({ fullname: `t${index}`, stats: { min: -1, median: 1 } }));
    const { problems } = await runOf({ benchmarks });
    expect(problems).toHaveLength(101);
    expect(sentence(problems[100]!)).toBe("50 more problems in this file are not listed");
  });

  test("is nobody's when two formats claim it", async () => {
    const result = await readResultFile("r.json", stream(bytesOf("{}")), { known: [format("a"), format("b")] });
    expect(result).toMatchObject({ unrecognized: { code: "unknown-format", file: "r.json" } });
  });

  test("because of a fault of ours or of the stream is not the file's fault", async () => {
    const faulty = format("a", { parse: () => Promise.reject(new TypeError("a bug")) });
    await expect(readResultFile("r.json", stream(bytesOf("{}")), { known: [faulty] })).rejects.toThrow("a bug");
    async function* failing(): AsyncIterable<Uint8Array> {
      yield bytesOf("{");
      throw new Error("connection reset");
    }
    await expect(readResultFile("r.json", failing())).rejects.toThrow("connection reset");
  });
});

describe("a file whose format the configuration names", () => {
  test("is read as that format, and errors are about that format", async () => {
    const known = [format("a", { recognizes: () => false }), format("b")];
    expect(await read("x", { known, configured: "a" })).toMatchObject({ run: { format: "a" } });
    expect(sentence(await brokenOf(fixture(FULL), { configured: "autocannon" }))).toMatch(/^autocannon --json: not the shape of/);
    expect(await brokenOf("", { configured: "autocannon" })).toMatchObject({ code: "empty-file" });
  });

  test("is broken when there is no such format", async () => {
    expect(await brokenOf("x", { configured: "autocanon" })).toMatchObject({ code: "no-such-format" });
  });

  test("gets its origin: name, neighbours and configured percentiles", async () => {
    const seen: Origin[] = [];
    const origin: Origin = { name: "new/estimates.json", sibling: async () => bytesOf("{}"), percentiles: { a: [50] } };
    const curious = format("a", {
      parse: async (_, given) => {
        seen.push(given);
        return { format: "a", measurements: [], problems: [] };
      },
    });
    await read("x", { known: [curious], origin });
    expect(seen).toEqual([{ ...origin, room: 1 }]);
  });
});

describe("whatever the bytes are", () => {
  const outcome = (result: object) => Object.keys(result).join();
  const known = /^(?:run|unrecognized|broken)$/;

  test("property: nothing is thrown", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(outcome(await read(bytes))).toMatch(known);
      }),
      { numRuns: 500 },
    );
  });

  test("property: any JSON, and any JSON inside a result file, is answered", async () => {
    const keys = fc.constantFrom(
      "metrics",
      "benchmarks",
      "machine_info",
      "python_version",
      "http_reqs",
      "values",
      "latency",
      "p97_5",
      "__proto__",
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(keys, tie("tree")),
        fc.array(tie("tree"), { maxLength: 3 }),
      ),
    }));
    const inside = fc.tuple(fc.constantFrom("benchmarks", "metrics", "latency", "requests", "statusCodeStats", "machine_info"), tree);
    await fc.assert(
      fc.asyncProperty(tree, inside, fc.constantFrom(...samples), async (value, [key, replaced], path) => {
        expect(outcome(await read(JSON.stringify(value)))).toMatch(known);
        const file = { ...JSON.parse(new TextDecoder().decode(fixture(path))), [key]: replaced };
        expect(outcome(await read(file))).toMatch(known);
      }),
      { numRuns: 300 },
    );
  });

  test("property: a result file cut or changed anywhere is answered, and what is measured is possible (A07)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), fc.nat(), fc.nat(255), fc.boolean(), async (path, at, byte, cut) => {
        const bytes = Uint8Array.from(fixture(path));
        const position = at % bytes.length;
        bytes[position] = byte;
        const result = await read(cut ? bytes.subarray(0, position) : bytes);
        expect(outcome(result)).toMatch(known);
        const measurements = "run" in result ? result.run.measurements : [];
        expect(measurements.every(({ value, unit }) => Number.isFinite(value) && (unit !== "s" || value > 0))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
