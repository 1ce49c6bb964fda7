import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestsIn } from "../../../src/source/routes/requests.js";

const paths = (text: string, file: string) => requestsIn(text, file).map(({ path, line }) => `${line} ${path}`);

describe("what a load test requests", () => {
  it("of k6 stands in strings, also behind an address", () => {
    const script = [
      "import http from 'k6/http';",
      "http.get(`${__ENV.BASE}/api/users/${user.id}?full=1`);",
      "http.post('http://localhost:3000/api/orders', body);",
      'http.get(BASE + "/api/users/7");',
    ].join("\n");
    expect(paths(script, "k6/shop.js")).toEqual(["2 /api/users/{}", "3 /api/orders", "4 /api/users/{}"]);
  });

  it("of locust stands in strings", () => {
    const script = 'self.client.get("/api/users/%d" % id)\nself.client.get(f"/api/orders/{order}", name="/api/orders/[id]")';
    expect(paths(script, "locustfile.py")).toEqual(["1 /api/users/{}", "2 /api/orders/{}", "2 /api/orders/{}"]);
  });

  it("of Gatling stands in strings", () => {
    expect(paths('exec(http("a").get("/users/#{id}/posts"))', "src/gatling/ShopSimulation.scala")).toEqual(["1 /users/{}/posts"]);
  });

  it("of artillery, JMeter and vegeta may stand alone", () => {
    expect(paths("  - get:\n      url: /api/users/{{ id }}", "artillery.yml")).toEqual(["2 /api/users/{}"]);
    expect(paths('<stringProp name="HTTPSampler.path">/api/users/${id}</stringProp>', "load.jmx")).toEqual(["1 /api/users/{}"]);
    expect(paths("GET http://host:80/api/users\nPOST https://host/api/orders/3", "vegeta-targets.txt")).toEqual([
      "1 /api/users",
      "2 /api/orders/{}",
    ]);
  });

  it("is no comment, regular expression or import of code", () => {
    expect(paths("/* /a */ const x = a / b; // see /docs\nimport './lib/x.js';", "k6/a.js")).toEqual([]);
  });

  it("is bounded, whatever is written", () => {
    expect(requestsIn('"/a" '.repeat(3_000).concat("\n").repeat(3), "k6/a.js")).toHaveLength(3_000);
    expect(requestsIn(`"/${"a/".repeat(20_000)}"`, "k6/a.js")).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const { path } of requestsIn(text, "k6/a.yml")) expect(path.startsWith("/")).toBe(true);
      }),
    );
  });
});
