import { describe, expect, it } from "vitest";
import type { CriticalPart } from "../../src/config/config.js";
import { addedLines } from "../../src/evidence/added-lines.js";
import { coverageOf } from "../../src/evidence/coverage.js";
import { exerciseOf } from "../../src/evidence/covers.js";
import type { Changes, ResultFile } from "../../src/model/evidence.js";
import type { HotFunction } from "../../src/model/profile.js";
import type { ChangedFile } from "../../src/model/pull-request.js";
import type { Source } from "../../src/model/source.js";
import { text } from "../../src/model/text.js";
import { factsOf } from "../../src/sandbox/source-facts.js";
import { config } from "./facts.js";

const absent = { status: "absent", reason: text`none` } as const;
const CART = `class Cart:
    def total(self):
        return sum(self.items)

    def get(self):
        return 1

class Basket:
    def get(self):
        return 1
`;
const nothing: Changes = { files: [], critical: [], benchmarks: [], loadTests: [], endpoints: [] };
const profile = (file: string, ...hot: readonly Partial<HotFunction>[]): ResultFile => ({
  file,
  run: {
    format: "cpuprofile",
    measurements: [],
    problems: [],
    profile: { samples: 100, hot: hot.map((one) => ({ name: "total", path: "/srv/app/src/cart.py", self: 0, total: 0.23, ...one })) },
  },
});

interface Given {
  readonly base?: readonly ResultFile[];
  readonly head?: readonly ResultFile[];
  readonly text?: string;
  readonly critical?: readonly CriticalPart[];
  readonly changes?: Partial<Changes>;
  readonly source?: Source;
}

async function criticalOf({ base = [], head = [], text: after = CART.replace("sum(", "max("), ...more }: Given) {
  const file: ChangedFile = { path: "src/cart.py", status: "modified", base: CART, head: after };
  const facts = (source: string) => factsOf(source, "python", { path: file.path });
  const read = { path: file.path, base: await facts(CART), head: await facts(after), added: addedLines(CART, after) };
  const changes = { ...nothing, files: [file], ...more.changes };
  const given = {
    changes,
    source: { status: "collected", value: more.source ?? { files: [read], skipped: [], left: {} } } as const,
    exercise: exerciseOf(absent, absent, changes),
    config: config({ critical: more.critical ?? [] }),
    profiles: { base, head },
  };
  return coverageOf(given, absent, { files: [], requests: [] }).critical;
}

describe("a function that a profile shows to be hot", () => {
  it("is critical when it changed", async () => {
    expect(await criticalOf({ head: [profile("a.cpuprofile", {})] })).toEqual([
      {
        kind: "function",
        name: "Cart.total",
        path: "src/cart.py",
        line: 2,
        declared: [],
        covers: [],
        heat: { profile: "a.cpuprofile", function: "total", share: 0.23 },
      },
    ]);
  });

  it("is none below 5 % of the samples, in another file, of another name, or unchanged", async () => {
    const others = [
      { total: 0.049 },
      { path: "/srv/app/lib/cart.py" },
      { path: "/srv/app/other_src/cart.py" },
      { name: "subtotal" },
      { name: "get" },
    ];
    expect(await criticalOf({ head: [profile("a", ...others)] })).toEqual([]);
    expect(await criticalOf({ head: [profile("a", { total: 0.05 })] })).toHaveLength(1);
  });

  it("is found where the profiler shortens paths", async () => {
    expect(await criticalOf({ head: [profile("a", { path: "cart.py" })] })).toHaveLength(1);
    expect(await criticalOf({ head: [profile("a", { path: "art.py" })] })).toEqual([]);
  });

  it("is told by the base's profile where there is one, whatever the head's says", async () => {
    const [change] = await criticalOf({ base: [profile("base", { total: 0.3 })], head: [profile("head", { total: 0.9 })] });
    expect(change?.heat).toMatchObject({ profile: "base", share: 0.3 });
  });

  it("is told by the profile in which it is hottest", async () => {
    const [change] = await criticalOf({ base: [profile("one", { total: 0.3 }), profile("two", { total: 0.4 })] });
    expect(change?.heat?.profile).toBe("two");
  });

  it("is told from another one of its name by the line", async () => {
    const both = CART.replaceAll("return 1", "return 2");
    const named = async (line: number) =>
      (await criticalOf({ text: both, head: [profile("a", { name: "get", line })] })).map(({ name }) => name);
    expect(await named(6)).toEqual(["Cart.get"]);
    expect(await named(9)).toEqual(["Basket.get"]);
  });

  it.each([
    ["com/shop/Cart.total", 1],
    ["example.com/shop.(*Cart).total", 1],
    ["Cart#total", 1],
    ["total", 0],
    ["Order.total", 0],
  ])("without a path is one when its name tells the class: %s", async (name, count) => {
    const { path: _, ...hot } = { name, path: "", self: 0, total: 0.5 };
    const file = profile("a");
    const run = { ...file.run, profile: { samples: 1, hot: [hot] } };
    expect(await criticalOf({ head: [{ ...file, run }] })).toHaveLength(count);
  });

  it("adds its share to what the configuration calls critical, and is not named twice", async () => {
    const head = [profile("a", {})];
    const part = { paths: [], functions: ["total"], coveredBy: ["bench_total"] };
    expect(await criticalOf({ head, critical: [part] })).toMatchObject([
      { name: "Cart.total", declared: ["bench_total"], heat: { share: 0.23 } },
    ]);
    const file = { paths: ["src/"], functions: [], coveredBy: [] };
    expect(await criticalOf({ head, critical: [file], changes: { critical: ["src/cart.py"] } })).toMatchObject([
      { kind: "file", name: "src/cart.py", heat: { function: "total" } },
    ]);
  });

  it("makes the whole file critical where nobody could read it", async () => {
    const source = { files: [], skipped: [{ path: "src/cart.py", reason: text`too large` }], left: {} };
    expect(await criticalOf({ source, head: [profile("a", {})] })).toMatchObject([{ kind: "file", name: "src/cart.py", heat: {} }]);
  });

  it("is none in a benchmark", async () => {
    expect(await criticalOf({ head: [profile("a", {})], changes: { benchmarks: ["src/cart.py"] } })).toEqual([]);
  });
});
