import { describe, expect, it } from "vitest";
import { fixture } from "./reading.js";
import { countsOf, entryOf, recordOf } from "./runtime/reading.js";

const hex = (number: number): string => number.toString(16).padStart(16, "0");

const tags = (values: Readonly<Record<string, unknown>>) => Object.entries(values).map(([key, value]) => ({ key, type: "string", value }));

const span = (id: number, parent: number, operationName: string, values: Readonly<Record<string, unknown>> = {}, more: object = {}) => ({
  traceID: hex(7),
  spanID: hex(id),
  operationName,
  references: parent > 0 ? [{ refType: "CHILD_OF", traceID: hex(7), spanID: hex(parent) }] : [],
  tags: tags(values),
  processID: "p1",
  ...more,
});
const SQL = { "span.kind": "client", "db.system": "postgresql", "db.statement": "select a from t" };
const trace = (...spans: readonly object[]) => ({ traceID: hex(7), spans, processes: { p1: { serviceName: "shop" } } });
const TEST = span(1, 0, "test a");

describe("a file made of recorded spans", () => {
  it("counts as they do", async () => {
    const record = await recordOf(fixture("jaeger-json/handmade-knex.json"));
    expect(countsOf(entryOf(record, "test lists orders, item by item"))).toEqual([1, 10]);
    expect(countsOf(entryOf(record, "test lists orders in a batch"))).toEqual([1, 1]);
    expect(record.totals).toMatchObject({ spans: 30, orphans: 0, noise: 1 });
    expect(record.services).toEqual(["shop"]);
    expect(record.instrumentations).toContainEqual({ name: "@opentelemetry/instrumentation-knex", version: "0.67.0" });
  });
});

describe("Jaeger's forms", () => {
  const spans = [TEST, span(2, 1, "query", SQL)];
  it.each([
    ["the API's answer", { data: [trace(...spans)] }],
    ["a trace by itself", trace(...spans)],
    ["an array of traces", [trace(...spans)]],
    ["ids without leading zeros", trace({ ...TEST, traceID: "7", spanID: "1" }, spans[1] ?? {})],
    ["the old parent", trace(TEST, span(2, 0, "query", SQL, { parentSpanID: hex(1) }))],
    [
      "OpenTracing's names",
      trace(TEST, span(2, 1, "query", { "span.kind": "client", "db.type": "mysql", "sql.query": "select a from t" })),
    ],
    ["processes in front", { processes: { p1: { serviceName: "shop" } }, traceID: hex(7), spans }],
  ])("%s", async (_, content) => {
    const record = await recordOf(content);
    expect(countsOf(entryOf(record, "test a"))).toEqual([1]);
    expect(entryOf(record, "test a").service).toBe("shop");
  });

  it("take no parent of another trace, and none that a span only follows", async () => {
    const other = { references: [{ refType: "CHILD_OF", traceID: hex(8), spanID: hex(1) }] };
    const follows = { references: [{ refType: "FOLLOWS_FROM", traceID: hex(7), spanID: hex(1) }] };
    const record = await recordOf(trace(TEST, span(2, 0, "q", SQL, other), span(3, 0, "q", SQL, follows)));
    expect(record.totals.outside).toBe(2);
  });

  it("keep processes of different traces apart", async () => {
    const second = { ...trace({ ...TEST, traceID: hex(8) }), processes: { p1: { serviceName: "other" } } };
    expect((await recordOf({ data: [trace(TEST), second] })).services).toEqual(["other", "shop"]);
  });

  it("tell a failed statement", async () => {
    const record = await recordOf(trace(TEST, span(2, 1, "q", { ...SQL, error: true })));
    expect(record.totals.failed).toBe(1);
  });

  it("name the endpoint by its route", async () => {
    const server = span(1, 0, "GET", {
      "span.kind": "server",
      "http.method": "GET",
      "http.route": "/orders/:id",
      "http.url": "/orders/17",
    });
    expect(entryOf(await recordOf(trace(server, span(2, 1, "q", SQL))), "GET /orders/:id")).toMatchObject({
      kind: "endpoint",
      endpoint: "GET /orders/:id",
    });
  });
});
