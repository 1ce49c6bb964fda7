import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { otlpJson } from "../../src/formats/otlp-json.js";
import { brokenOf, codes, fixture, runOf, sentence } from "./reading.js";
import { countsOf, doubtsOf, entryOf, recordOf } from "./runtime/reading.js";

interface Attributes {
  readonly [name: string]: string | number | boolean;
}

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, "0");

const attribute = ([key, value]: [string, string | number | boolean]) => ({
  key,
  value: typeof value === "string" ? { stringValue: value } : typeof value === "number" ? { intValue: value } : { boolValue: value },
});

/** A span as the JavaScript SDK writes it. */
const span = (id: number, parent: number, name: string, attributes: Attributes = {}, more: object = {}) => ({
  traceId: hex(1, 32),
  spanId: hex(id, 16),
  ...(parent > 0 && { parentSpanId: hex(parent, 16) }),
  name,
  kind: 1,
  attributes: Object.entries(attributes).map(attribute),
  status: { code: 0 },
  ...more,
});
const query = (id: number, parent: number, sql: string, more: object = {}, attributes: Attributes = {}) =>
  span(id, parent, "pg.query", { "db.system.name": "postgresql", "db.query.text": sql, ...attributes }, { kind: 3, ...more });

const document = (...spans: readonly object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [attribute(["service.name", "shop"])] },
      scopeSpans: [{ scope: { name: "tests", version: "1.0" }, spans }],
    },
  ],
});
const lines = (...documents: readonly object[]): string => documents.map((one) => `${JSON.stringify(one)}\n`).join("");

const TEST = span(1, 0, "test a");

describe("real files", () => {
  it.each([
    ["pg", "test lists orders, item by item", [1, 10]],
    ["pg", "test lists orders in parallel", [1, 10]],
    ["pg", "test lists orders with a join", [1]],
    ["pg", "test lists orders in a batch", [1, 1]],
    ["pg", "test writes literals", [6]],
    ["pg", "test has lists of several lengths", [4]],
    ["pg", "test prepares", [6]],
    ["pg", "test writes in a transaction", [1]],
    ["pg", "test counts only what is marked", [1]],
    ["knex", "test lists orders, item by item", [1, 10]],
    ["knex", "test lists orders in a batch", [1, 1]],
    ["sequelize", "test lists orders, item by item", [1, 10]],
    ["sequelize", "test lists orders with include", [1]],
    ["typeorm", "test lists orders, item by item", [1, 10]],
    ["prisma", "test lists orders, item by item", [1, 10]],
    ["prisma", "test lists orders with include", [1, 1]],
    ["prisma", "test finds six at once", [1]],
    ["pg-old-names", "test lists orders, item by item", [1, 10]],
    ["pg-old-names", "test has lists of several lengths", [4]],
    ["typeorm", "test lists orders with their relations", [1, 1, 1]],
  ])("of %s: %s", async (file, key, expected) => {
    expect(countsOf(entryOf(await recordOf(fixture(`otlp-json/${file}.jsonl`)), key))).toEqual(expected);
  });

  it("count noise apart, and what belongs to no test", async () => {
    const pg = await recordOf(fixture("otlp-json/pg.jsonl"));
    expect(entryOf(pg, "test writes in a transaction").runs[0]?.noise).toBe(2);
    expect(entryOf(pg, "test fails").runs[0]?.statements[0]?.failed).toBe(1);
    expect(pg.totals).toEqual({ statements: 45, noise: 3, failed: 1, outside: 1, spans: 110, orphans: 0, duplicates: 0 });
    expect(pg.doubts).toEqual([]);
    expect(pg.services).toEqual(["shop"]);
    expect(pg.instrumentations).toContainEqual({ name: "@opentelemetry/instrumentation-pg", version: "0.76.0" });
    expect((await recordOf(fixture("otlp-json/sequelize.jsonl"))).totals.noise).toBe(5);
    expect((await recordOf(fixture("otlp-json/typeorm.jsonl"))).totals.outside).toBe(2);
  });

  it("of old and new names are the same record", async () => {
    const [old, now] = await Promise.all(["pg-old-names", "pg"].map((file) => recordOf(fixture(`otlp-json/${file}.jsonl`))));
    expect(old?.entries).toEqual(now?.entries);
    expect(old?.statements).toEqual(now?.statements);
  });

  it("tell the size of a run, and that only a part of it was measured", async () => {
    const [run] = entryOf(await recordOf(fixture("otlp-json/pg.jsonl")), "test counts only what is marked").runs;
    expect([run?.scale, run?.measured]).toEqual([10, true]);
  });

  it("read the same whatever the chunks, and as one document over many lines", async () => {
    const content = fixture("otlp-json/knex.jsonl");
    const { sha256: _, ...whole } = await recordOf(content);
    const resourceSpans = new TextDecoder()
      .decode(content)
      .trim()
      .split("\n")
      .flatMap((line) => JSON.parse(line).resourceSpans);
    for (const written of [JSON.stringify({ resourceSpans }), JSON.stringify({ resourceSpans }, null, 2)]) {
      const { sha256: __, ...again } = await recordOf(written);
      expect(again).toEqual(whole);
    }
  });
});

describe("the encoding", () => {
  const query17 = (more: object) => lines(document({ ...TEST, ...more }, { ...query(2, 1, "select a from t"), ...more }));
  const base64 = (number: number, bytes: number): string => Buffer.from(hex(number, bytes * 2), "hex").toString("base64");

  it.each([
    ["ids in capitals", query17({ traceId: hex(0xabc, 32).toUpperCase() })],
    ["integers as texts", lines(document(TEST, { ...query(2, 1, "select a from t"), startTimeUnixNano: "1795659954398000000", flags: 1 }))],
    ["enumerations by name", lines(document(TEST, { ...query(2, 1, "select a from t"), kind: "SPAN_KIND_CLIENT" }))],
    [
      "base64",
      lines(
        document(
          { ...TEST, traceId: base64(1, 16), spanId: base64(1, 8) },
          { ...query(2, 1, "select a from t"), traceId: base64(1, 16), spanId: base64(2, 8), parentSpanId: base64(1, 8) },
        ),
      ),
    ],
    [
      "the old name of scopes",
      JSON.stringify({
        resourceSpans: [
          { instrumentationLibrarySpans: [{ instrumentationLibrary: { name: "x" }, spans: [TEST, query(2, 1, "select a from t")] }] },
        ],
      }),
    ],
    ["zero values left out", lines(document({ traceId: hex(1, 32), spanId: hex(1, 16), name: "test a" }, query(2, 1, "select a from t")))],
  ])("%s", async (_, content) => {
    const record = await recordOf(content);
    expect(countsOf(entryOf(record, "test a"))).toEqual([1]);
    expect(record.totals.orphans).toBe(0);
  });

  it("reads the names of before semantic conventions 1.24", async () => {
    const old = span(2, 1, "q", { "db.system": "mysql", "db.statement": 'select a from t where b = "x"' }, { kind: 3 });
    expect((await recordOf(lines(document(TEST, old)))).statements[0]).toMatchObject({
      system: "mysql",
      normalized: "select a from t where b = ?",
    });
  });

  it("puts spans together that lie in several lines, children first", async () => {
    const record = await recordOf(lines(document(query(2, 1, "select a from t")), document(TEST)));
    expect(countsOf(entryOf(record, "test a"))).toEqual([1]);
  });

  it("gives each span the service of its own resource, wherever that stands", async () => {
    const resource = { attributes: [attribute(["service.name", "later"])] };
    const record = await recordOf(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [TEST] }], resource }] }));
    expect(entryOf(record, "test a").service).toBe("later");
  });
});

describe("damage", () => {
  const whole = new TextDecoder().decode(fixture("otlp-json/pg.jsonl"));

  it("keeps what stands before a cut, and is partial", async () => {
    const content = whole.slice(0, -3_000);
    expect(codes(await runOf(content))).toEqual(["truncated"]);
    const record = await recordOf(content);
    expect(countsOf(entryOf(record, "test lists orders, item by item"))).toEqual([1, 10]);
    expect(doubtsOf(record)).toContain("unreadable");
  });

  it("passes over a broken line", async () => {
    const record = await recordOf(`{"resourceSpans":[{"sco\n${whole}`);
    expect(record.totals.spans).toBe(110);
    expect(doubtsOf(record)).toEqual(["unreadable"]);
  });

  it("names missing parents, and what is then outside", async () => {
    const record = await recordOf(lines(document(TEST, query(2, 9, "select a from t"))));
    expect([record.totals.orphans, record.totals.outside]).toEqual([1, 1]);
  });

  it("takes a parent of another process for none", async () => {
    const remote = span(1, 9, "GET /orders", {}, { kind: 2, flags: 0x301 });
    const record = await recordOf(lines(document(remote, query(2, 1, "select a from t"))));
    expect([record.totals.orphans, record.totals.outside]).toEqual([0, 0]);
  });

  it("cuts circles", async () => {
    const record = await recordOf(lines(document(span(1, 3, "a"), span(2, 1, "b"), span(3, 2, "c"), query(4, 3, "select a from t"))));
    expect(record.totals.statements).toBe(1);
    expect(doubtsOf(record)).toContain("cycles");
  });

  it("cuts chains that are too long", async () => {
    const chain = Array.from({ length: 1_000 }, (_, at) => span(at + 1, at, at === 0 ? "test a" : "step"));
    const record = await recordOf(lines(document(...chain, query(2_000, 1_000, "select a from t"))));
    expect(record.totals).toMatchObject({ spans: 1_001, statements: 1, orphans: 3 });
    expect(doubtsOf(record)).toContain("cycles");
  });

  it("counts a span that was sent twice once", async () => {
    const record = await recordOf(lines(document(TEST, query(2, 1, "select a from t")), document(query(2, 1, "select a from t"))));
    expect([record.totals.duplicates, record.totals.statements]).toEqual([1, 1]);
  });

  it("tells of dropped attributes and of spans without ids", async () => {
    const record = await recordOf(lines(document({ ...TEST, droppedAttributesCount: 2 }, { name: "no ids" })));
    expect([...doubtsOf(record)].sort()).toEqual(["dropped", "unreadable"]);
  });

  it("keeps the count of statements whose text was cut, under the span's name", async () => {
    const record = await recordOf(lines(document(TEST, query(2, 1, "select a from"), query(3, 1, "select b from"))));
    expect(countsOf(entryOf(record, "test a"))).toEqual([2]);
    expect(record.statements[0]?.incomplete).toBeDefined();
  });

  it("takes a statement of a million characters for one that was cut", async () => {
    const record = await recordOf(lines(document(TEST, query(2, 1, `select ${"a,".repeat(400_000)}b from t`))));
    expect(record.statements[0]?.incomplete).toBeDefined();
    expect(JSON.stringify(record).length).toBeLessThan(5_000);
  });

  it("passes over a span above 1 MB", async () => {
    const content = lines(document(TEST, query(2, 1, `select ${"a,".repeat(600_000)}b from t`)));
    expect(codes(await runOf(content))).toEqual(["too-long"]);
    expect(doubtsOf(await recordOf(content))).toEqual(["unreadable"]);
  });

  it.each([
    ["zstd", [0, 0, 1, 0, 0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0], "zstd"],
    ["protobuf", [0, 0, 1, 0, 0x0a, 0x20, 0x0a, 0x10, 0, 0, 0, 0], "protobuf"],
  ])("refuses the Collector's %s by name", async (_, bytes, word) => {
    const problem = await brokenOf(new Uint8Array(bytes));
    expect([problem.code, sentence(problem)]).toEqual(["packed", expect.stringContaining(word)]);
  });

  it.each([
    ['{"resourceSpans": [', "truncated"],
    ['{"resourceSpans": []}', "no-spans"],
    ['{"resourceSpans":\n[}\n', "not-json"],
  ])("refuses %s", async (content, code) => expect((await brokenOf(content)).code).toBe(code));

  it("never fails and never takes long, whatever bytes follow", async () => {
    const start = '{"resourceSpans":[{"scopeSpans":[{"spans":[{';
    const letter = fc.constantFrom(...'{}[]",:\\ \n0a', '"traceId":', '"spans":[');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: letter, maxLength: 300 }), async (rest) => {
        await otlpJson
          .parse(
            (async function* () {
              yield new TextEncoder().encode(start + rest);
            })(),
            { name: "x", sibling: async () => undefined },
          )
          .catch((error: unknown) => expect(error).toHaveProperty("code"));
      }),
      { numRuns: 200 },
    );
  });
});

describe("what is left behind", () => {
  it("is every parameter, header and literal", async () => {
    const secret = { "db.query.parameter.0": "s3cret", "db.postgresql.values": ["s3cret"].join(), "http.request.header.cookie": "s3cret" };
    const record = await recordOf(lines(document(TEST, query(2, 1, "select a from t where b = 's3cret'", {}, secret))));
    expect(JSON.stringify(record)).not.toContain("s3cret");
  });
});

describe("places in the code", () => {
  it.each([
    [
      "of the span",
      query(2, 1, "select a from t", {}, { "code.file.path": "app/orders.ts", "code.line.number": 12, "code.function.name": "list" }),
    ],
    [
      "of before 1.30",
      query(2, 1, "select a from t", {}, { "code.filepath": "app/orders.ts", "code.lineno": "12", "code.function": "list" }),
    ],
    ["of sqlcommenter", query(2, 1, "select a from t /*action='list',file='app%2Forders.ts',line='12'*/")],
  ])("%s", async (_, statement) => {
    const record = await recordOf(lines(document(TEST, statement)));
    expect(entryOf(record, "test a").runs[0]?.statements[0]?.code).toEqual({ path: "app/orders.ts", line: 12, function: "list" });
  });
});

describe("entries", () => {
  const server = (id: number, parent: number, route: string) =>
    span(id, parent, "GET", { "http.request.method": "GET", "http.route": route }, { kind: 2 });

  it("are the test above, and the endpoint that it asks within", async () => {
    const call = span(2, 1, "GET", { "http.request.method": "GET", "server.address": "localhost" }, { kind: 3 });
    const record = await recordOf(lines(document(TEST, call, server(3, 2, "/orders"), query(4, 3, "select a from t"))));
    expect(record.entries.map(({ kind, key, within }) => [kind, key, within])).toEqual([
      ["test", "test a", undefined],
      ["endpoint", "test a › GET /orders", "test a"],
    ]);
    expect(record.totals.statements).toBe(1);
    expect(entryOf(record, "test a").runs[0]?.calls).toEqual([]);
  });

  it("have a run for each request", async () => {
    const record = await recordOf(lines(document(server(1, 0, "/orders"), server(2, 0, "/orders"), query(3, 2, "select a from t"))));
    expect(entryOf(record, "GET /orders").runs.map(({ statements }) => statements.length)).toEqual([0, 1]);
  });

  it("tell where the loop is: the nearest span above all of a statement's", async () => {
    const loop = [span(2, 1, "loadItems"), span(3, 2, "one"), span(4, 2, "one")];
    const record = await recordOf(lines(document(TEST, ...loop, query(5, 3, "select a from t"), query(6, 4, "select a from t"))));
    expect(entryOf(record, "test a").runs[0]?.statements[0]?.under).toBe("loadItems");
  });

  it("are named by the attribute of a runner", async () => {
    const named = span(1, 0, "anything", { "test.suite.name": "orders", "test.case.name": "lists" });
    expect((await recordOf(lines(document(named)))).entries[0]).toMatchObject({ kind: "test", key: "orders › lists" });
  });

  it("count a batch as many statements, an operation without text as one, and other databases by system", async () => {
    const batch = query(2, 1, "insert into t values (1)", {}, { "db.operation.batch.size": 3 });
    const named = span(3, 1, "SELECT orders", { "db.system.name": "postgresql", "db.operation.name": "SELECT" }, { kind: 3 });
    const redis = span(4, 1, "GET", { "db.system.name": "redis", "db.query.text": "GET key" }, { kind: 3 });
    const record = await recordOf(lines(document(TEST, batch, named, redis)));
    expect(countsOf(entryOf(record, "test a"))).toEqual([1, 3]);
    expect(entryOf(record, "test a").runs[0]?.otherSystems).toEqual([{ system: "redis", count: 1 }]);
  });
});
