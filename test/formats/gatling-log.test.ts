import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gatlingLog } from "../../src/formats/gatling-log.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, runOf, sentence, values } from "./reading.js";

const textOf = (name: string) => new TextDecoder().decode(fixture(`gatling-log/${name}.log`));
const BEGAN = 1_795_500_000_000;
const log = (version: string, requests: readonly string[]) => `RUN\tdemo.Shop\tshop\t${BEGAN}\t \t${version}\n${requests.join("\n")}\n`;
const request = (milliseconds: number, outcome = "OK", start = BEGAN) =>
  `REQUEST\t\tcart\t${start}\t${start + milliseconds}\t${outcome}\t `;
const CHECKOUT = "shop / pay / checkout";

describe("what Gatling wrote into a text log", () => {
  test("groups and name are the endpoint, and only successes are timed", async () => {
    const run = await runOf(fixture("gatling-log/handmade-3.9.log"));
    expect(run.tool).toBe("Gatling 3.9.5");
    expect([...new Set(run.measurements.map(({ endpoint }) => endpoint))]).toEqual(["*", "products", CHECKOUT]);
    expect(run.load).toEqual({ requests: 240, failed: 12, errorRate: 0.05 });
    expect(values(run)[`${CHECKOUT} error_rate`]).toBe(0.1);
    expect(values(run)[`${CHECKOUT} latency_p50`]).toBeGreaterThanOrEqual(0.04);
    expect(run.measurements.find(({ endpoint }) => endpoint === CHECKOUT)).toMatchObject({ n: 108, resolution: 0.001 });
    expect(codes(run)).toEqual([]);
  });

  test("percentiles are nearest ranks, and throughput is successes by the time of the run", async () => {
    const run = await runOf(
      log(
        "3.9.5",
        Array.from({ length: 100 }, (_, index) => request(index + 1, "OK", BEGAN + index * 9)),
      ),
    );
    expect(values(run)).toMatchObject({
      "cart latency_p50": 0.05,
      "cart latency_p95": 0.095,
      "cart latency_p99": 0.099,
      "cart latency_max": 0.1,
    });
    expect(values(run)["cart throughput"]).toBeCloseTo(100 / 0.991, 6);
  });

  test("the layout is told by the line RUN: up to 3.3 the number of the user stands in front", async () => {
    const [old, recent] = [await runOf(textOf("handmade-3.3")), await runOf(textOf("handmade-3.9"))];
    expect(old.load).toEqual({ ...recent.load, errorRate: old.load?.errorRate });
    expect([...new Set(old.measurements.map(({ endpoint }) => endpoint))]).toEqual(["*", "products", CHECKOUT]);
  });
});

describe("a Gatling log that proves nothing or is broken", () => {
  test("has failures only, or no request", async () => {
    expect(plain((await runOf(log("3.9.5", [request(2, "KO"), request(1, "KO")]))).noData ?? [])).toBe("all 2 requests failed");
    expect(plain((await runOf(log("3.9.5", []))).noData ?? [])).toBe("no request was answered");
  });

  test.each(["3.12.0", "4.0.0", "2.3.1", "next"])("is of version %s, whose layout is not read", async (version) => {
    const problem = await brokenOf(log(version, [request(3)]));
    expect(problem.code).toBe("unexpected-shape");
    expect(sentence(problem)).toContain("has a layout that is not read");
    expect(plain(problem.remedy ?? [])).toContain("js/stats.json");
  });

  test("has the columns of another version than it says", async () => {
    expect(await brokenOf(textOf("handmade-3.9").replace("3.9.5", "3.2.1"))).toMatchObject({ code: "unexpected-shape", line: 4 });
    expect((await brokenOf(textOf("handmade-3.3").replace("3.3.1", "3.9.5"))).code).toBe("unexpected-shape");
  });

  test("is cut in a request", async () => {
    const problem = await brokenOf(log("3.9.5", [request(3), request(4).slice(0, 40)]).trimEnd());
    expect(problem).toMatchObject({ code: "unexpected-shape", line: 3 });
    expect(sentence(problem)).toContain("cut short");
  });

  test("is one line without an end", async () => {
    expect(await brokenOf(log("3.9.5", [request(3), "x".repeat(1_000_001)]))).toMatchObject({ code: "line-too-long" });
  });

  test("holds lines of something else, which are counted", async () => {
    const mixed = `${log("3.9.5", [request(3)])}{"metric": "http_reqs"}\n`;
    expect((await runOf(mixed)).problems.map(sentence)).toContain("1 lines hold something else, the first is line 3");
  });

  test("is two runs, or goes back in time", async () => {
    expect((await brokenOf(textOf("handmade-3.9").repeat(2))).code).toBe("several-runs");
    expect((await brokenOf(log("3.9.5", [request(-5)]))).code).toBe("unexpected-shape");
  });

  test("has a name for every request", async () => {
    const requests = Array.from({ length: 10_001 }, (_, id) => request(3).replace("cart", `cart ${id}`));
    expect((await brokenOf(log("3.9.5", requests))).code).toBe("too-many");
  });

  test("leaves other text and the binary log alone", () => {
    for (const other of ["RUN\tx", "REQUEST\t\tcart", "{}", new Uint8Array([0, 0, 0, 6, 51, 46, 49, 51])])
      expect(gatlingLog.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of the requests changes no figure", async () => {
    const requests = fc.array(fc.tuple(fc.nat(5_000), fc.constantFrom("OK", "KO")), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(requests, async (made) => {
        const rows = made.map(([milliseconds, outcome], index) => request(milliseconds + 1, outcome, BEGAN + index));
        const run = await runOf(log("3.11.2", rows));
        expect(values(await runOf(log("3.11.2", rows.toReversed())))).toEqual(values(run));
        expect(run.noData === undefined).toBe(made.some(([, outcome]) => outcome === "OK"));
      }),
      { numRuns: 50 },
    );
  });
});
