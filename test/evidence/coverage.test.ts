import { describe, expect, it } from "vitest";
import { addedLines } from "../../src/evidence/added-lines.js";
import { changedRoutes, coverageOf } from "../../src/evidence/coverage.js";
import { type Exercise, exerciseOf } from "../../src/evidence/covers.js";
import type { Collected } from "../../src/model/collected.js";
import type { LoadTests } from "../../src/model/coverage.js";
import type { Changes } from "../../src/model/evidence.js";
import type { ChangedFile } from "../../src/model/pull-request.js";
import type { Source, SourceFile } from "../../src/model/source.js";
import { plain, text } from "../../src/model/text.js";
import { factsOf } from "../../src/sandbox/source-facts.js";
import { budget, config } from "./facts.js";

const absent = { status: "absent", reason: text`none` } as const;
const nothing: Changes = { files: [], critical: [], benchmarks: [], loadTests: [], endpoints: [] };
const noLoadTests: LoadTests = { files: [], requests: [] };
const exercising = (parts: Partial<Exercise>): Exercise => ({ ...exerciseOf(absent, absent, nothing), ...parts });

const python = (path: string, base: string | undefined, head: string): ChangedFile => ({
  path,
  status: base === undefined ? "added" : "modified",
  head,
  ...(base !== undefined && { base }),
});

async function sourceOf(...files: readonly ChangedFile[]): Promise<Collected<Source>> {
  const read = files.map(async ({ path, base, head }): Promise<SourceFile> => {
    const facts = (source: string | undefined) => (source === undefined ? null : factsOf(source, "python", { path }));
    return { path, base: await facts(base), head: await facts(head), added: addedLines(base ?? "", head ?? "") };
  });
  return { status: "collected", value: { files: await Promise.all(read), skipped: [], left: {} } };
}

const CART = "def total(items):\n    return sum(items)\n\ndef other():\n    return 1\n";
const cart = python("src/cart.py", CART, CART.replace("sum(items)", "sum(sorted(items))"));

describe("a critical file", () => {
  const settings = config({ critical: [{ paths: ["src/"], functions: [], coveredBy: [] }] });
  const covers = (exercise: Partial<Exercise>, critical = settings) =>
    coverageOf(
      {
        changes: { ...nothing, files: [cart], critical: ["src/cart.py"] },
        source: absent,
        exercise: exercising(exercise),
        config: critical,
      },
      absent,
      noLoadTests,
    ).critical;

  it("is covered by a benchmark that is named after it, and by nothing else without a declaration", () => {
    expect(covers({ benchmarks: ["test_cart", "test_sort"] })).toMatchObject([
      { kind: "file", name: "src/cart.py", covers: [{ what: "benchmark", why: "named", name: "test_cart" }] },
    ]);
    expect(covers({ benchmarks: ["test_sort"] })).toMatchObject([{ covers: [] }]);
  });

  it("is covered by a measured endpoint whose path or route stands in it", () => {
    const changes = {
      ...nothing,
      files: [cart],
      critical: ["src/cart.py"],
      endpoints: [{ pattern: "/api/cart", path: "src/cart.py", line: 1 }],
    };
    const facts = { changes, source: absent, exercise: exercising({ endpoints: ["GET /api/cart", "GET /api/other"] }), config: settings };
    expect(coverageOf(facts, absent, noLoadTests).critical[0]?.covers).toEqual([
      { what: "endpoint", why: "routed", name: "GET /api/cart" },
    ]);
  });

  it("is covered by what the configuration declares, and by nothing else then", () => {
    const declared = config({ critical: [{ paths: ["src/"], functions: [], coveredBy: ["test_so*", "GET /api/cart", "bench/*.py"] }] });
    expect(covers({ benchmarks: ["test_cart"] }, declared)).toMatchObject([
      { declared: ["test_so*", "GET /api/cart", "bench/*.py"], covers: [] },
    ]);
    const files = [{ path: "bench/a.py", status: "modified" } as const];
    expect(covers({ benchmarks: ["test_sort"], endpoints: ["GET https://shop/api/cart"], files }, declared)[0]?.covers).toEqual([
      { what: "benchmark", why: "declared", name: "test_sort" },
      { what: "endpoint", why: "declared", name: "GET https://shop/api/cart" },
      { what: "benchmark file", why: "declared", name: "bench/a.py" },
    ]);
  });
});

describe("a critical function", () => {
  const settings = (functions: readonly string[], paths: readonly string[] = []) =>
    config({ critical: [{ paths, functions, coveredBy: [] }] });
  const critical = async (functions: readonly string[], files = [cart], paths: readonly string[] = []) =>
    coverageOf(
      {
        changes: { ...nothing, files },
        source: await sourceOf(...files),
        exercise: exercising({ benchmarks: ["test_total"] }),
        config: settings(functions, paths),
      },
      absent,
      noLoadTests,
    ).critical;

  it("is one only when its own lines changed", async () => {
    expect(await critical(["total"])).toMatchObject([
      { kind: "function", name: "total", path: "src/cart.py", line: 1, covers: [{ name: "test_total" }] },
    ]);
    expect(await critical(["other"])).toEqual([]);
  });

  it("is found when lines were only taken out of it", async () => {
    const shorter = python("src/cart.py", CART.replace("    return sum", "    print()\n    return sum"), CART);
    expect(await critical(["tot*"], [shorter])).toMatchObject([{ name: "total" }]);
  });

  it("is looked for where the configuration says", async () => {
    expect(await critical(["total"], [cart], ["lib/"])).toEqual([]);
    expect(await critical(["total"], [cart], ["src/"])).toHaveLength(1);
  });

  it("is the whole file where nobody could read it", () => {
    const source = {
      status: "collected",
      value: { files: [], skipped: [{ path: "src/cart.py", reason: text`too large` }], left: {} },
    } as const;
    const facts = { changes: { ...nothing, files: [cart] }, source, exercise: exercising({}), config: settings(["total"], ["src/"]) };
    expect(coverageOf(facts, absent, noLoadTests).critical).toMatchObject([{ kind: "file", path: "src/cart.py" }]);
  });
});

describe("an endpoint with a budget", () => {
  const settings = config({ endpoints: [budget("GET /api/cart/{id}", {}), budget("*", {})] });
  const route = python("src/api.py", undefined, "app = FastAPI()\n@app.get('/api/cart/{cart}')\ndef show(cart):\n    return 1\n");

  it("is critical when its route changed, and covered when this head measured it", async () => {
    const changes = { ...nothing, files: [route] };
    const source = await sourceOf(route);
    const coverage = (exercise: Partial<Exercise>) =>
      coverageOf({ changes, source, exercise: exercising(exercise), config: settings }, changedRoutes(source, changes), noLoadTests);
    expect(coverage({}).critical).toMatchObject([
      { kind: "endpoint", name: "GET /api/cart/{id}", path: "src/api.py", line: 2, covers: [] },
    ]);
    expect(coverage({ endpoints: ["GET http://h/api/cart/7"] }).critical[0]?.covers).toEqual([
      { what: "endpoint", why: "measured", name: "GET http://h/api/cart/7" },
    ]);
  });

  it("is critical when its path stands in a changed file", () => {
    const changes = { ...nothing, endpoints: [{ pattern: "GET /api/cart/{id}", path: "src/a.kt", line: 9 }] };
    const { critical } = coverageOf({ changes, source: absent, exercise: exercising({}), config: settings }, absent, noLoadTests);
    expect(critical).toMatchObject([{ kind: "endpoint", path: "src/a.kt", line: 9 }]);
  });
});

describe("a changed route", () => {
  const routes = python("src/api.py", undefined, "app = Flask(__name__)\n@app.route('/orders/<int:id>')\ndef show(id):\n    return 1\n");

  it("is covered by a load test that requests it, and by a measurement", async () => {
    const changes = { ...nothing, files: [routes] };
    const source = await sourceOf(routes);
    const loadTests = { files: ["k6/a.js"], requests: [{ path: "/orders/{}", file: "k6/a.js", line: 3 }] };
    const facts = { changes, source, exercise: exercising({ endpoints: ["GET /orders/9"] }), config: config({}) };
    const { routes: found } = coverageOf(facts, changedRoutes(source, changes), loadTests);
    expect(found).toMatchObject({
      value: [
        {
          how: "added",
          route: { method: "GET", path: "/orders/{}", written: "/orders/<int:id>" },
          covers: [
            { what: "endpoint", name: "GET /orders/9" },
            { what: "load test", name: "k6/a.js", line: 3 },
          ],
        },
      ],
    });
  });

  it("of a renamed file of Next.js is the old path that is gone and the new one", async () => {
    const text = "export async function GET() { return 1; }\n";
    const facts = (path: string) => factsOf(text, "typescript", { path });
    const head = await facts("app/api/new/route.ts");
    const file: SourceFile = { path: "app/api/new/route.ts", head, base: await facts("app/api/new/route.ts"), added: [] };
    const changes: Changes = { ...nothing, files: [{ path: file.path, previousPath: "app/api/old/route.ts", status: "renamed" }] };
    const found = changedRoutes({ status: "collected", value: { files: [file], skipped: [], left: {} } }, changes);
    expect(found.status === "collected" && found.value.map(({ how, route }) => `${how} ${route.path}`)).toEqual([
      "added /api/new",
      "removed /api/old",
    ]);
  });

  it("is one of 300 at most that are held against load tests, and that is said", async () => {
    const many = Array.from({ length: 301 }, (_, n) => `@app.get('/r${n}')\ndef r${n}(): pass\n`).join("");
    const file = python("src/many.py", undefined, `app = FastAPI()\n${many}`);
    const changes = { ...nothing, files: [file] };
    const source = await sourceOf(file);
    const facts = { changes, source, exercise: exercising({}), config: config({}) };
    const found = coverageOf(facts, changedRoutes(source, changes), { files: ["k6/a.js"], requests: [] });
    expect(found.routes.status === "collected" && found.routes.value.length).toBe(300);
    expect(plain(found.loadTests.incomplete ?? [])).toBe("only 300 of 301 changed routes were held against the load tests");
  });

  it("is not looked for in more code than people change", async () => {
    const facts = await factsOf("f()\n".repeat(1_000), "python", { path: "src/a.py" });
    const file: SourceFile = { path: "src/a.py", head: facts, base: null, added: [] };
    const source = { status: "collected", value: { files: Array.from({ length: 101 }, () => file), skipped: [], left: {} } } as const;
    expect(changedRoutes(source, nothing)).toMatchObject({ status: "absent" });
  });

  it("is not known where no code was read, with the reason", () => {
    expect(changedRoutes(absent, nothing)).toEqual(absent);
    expect(
      coverageOf({ changes: nothing, source: absent, exercise: exercising({}), config: config({}) }, absent, noLoadTests).routes,
    ).toEqual(absent);
  });
});
