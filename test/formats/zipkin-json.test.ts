import { describe, expect, it } from "vitest";
import { fixture } from "./reading.js";
import { countsOf, entryOf, recordOf } from "./runtime/reading.js";

const hex = (number: number): string => number.toString(16).padStart(16, "0");
const SQL = { "db.system.name": "postgresql", "db.query.text": "select a from t" };
const span = (id: number, parent: number, name: string, more: object = {}) => ({
  traceId: hex(7),
  id: hex(id),
  ...(parent > 0 && { parentId: hex(parent) }),
  name,
  localEndpoint: { serviceName: "shop" },
  ...more,
});
const query = (id: number, parent: number, more: object = {}) => span(id, parent, "pg.query", { kind: "CLIENT", tags: SQL, ...more });

describe("real files", () => {
  it.each([
    ["pg", "test lists orders in parallel", [1, 10]],
    ["pg", "test writes literals", [6]],
    ["knex", "test lists orders, item by item", [1, 10]],
  ])("of %s: %s", async (file, key, expected) => {
    const record = await recordOf(fixture(`zipkin-json/${file}.json`));
    expect(countsOf(entryOf(record, key))).toEqual(expected);
    expect([record.totals.orphans, record.services]).toEqual([0, ["shop"]]);
  });

  it("tell what failed", async () => {
    expect((await recordOf(fixture("zipkin-json/pg.json"))).totals.failed).toBe(1);
  });
});

describe("Zipkin's forms", () => {
  it("a span that client and server share is two, and what is below belongs to the server", async () => {
    const client = span(2, 1, "get", { kind: "CLIENT", tags: { "http.method": "GET", "http.url": "http://api/orders/1" } });
    const server = span(2, 1, "get /orders", { kind: "SERVER", shared: true, localEndpoint: { serviceName: "api" } });
    const below = query(3, 2, { localEndpoint: { serviceName: "api" } });
    const record = await recordOf([span(1, 0, "test a"), client, server, below]);
    expect(entryOf(record, "test a › get /orders")).toMatchObject({ kind: "endpoint", within: "test a", service: "api" });
    expect(countsOf(entryOf(record, "test a"))).toEqual([1]);
    expect(entryOf(record, "test a").runs[0]?.calls).toEqual([]);
    expect(record.totals).toMatchObject({ spans: 4, statements: 1, duplicates: 0, orphans: 0 });
  });

  it("several arrays behind each other are one file", async () => {
    const content = `${JSON.stringify([span(1, 0, "test a")])}\n${JSON.stringify([query(2, 1)])}\n`;
    expect(countsOf(entryOf(await recordOf(content), "test a"))).toEqual([1]);
  });

  it("a request that nobody in the files answers is a call, by host", async () => {
    const call = span(2, 1, "get", {
      kind: "CLIENT",
      tags: { "http.method": "GET", "http.url": "https://user:pw@api.example.com:8443/x/17?y=1" },
    });
    const [run] = entryOf(await recordOf([span(1, 0, "test a"), call]), "test a").runs;
    expect(run?.calls).toEqual([{ target: "GET api.example.com", count: 1 }]);
  });
});
