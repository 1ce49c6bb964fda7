import { describe, expect, it } from "vitest";
import { brokenOf, fixture, runOf } from "./reading.js";

const call = (id: number, functionName: string, url: string, hitCount: number, children: readonly number[] = [], lineNumber = 0) => ({
  id,
  callFrame: { functionName, scriptId: "1", url, lineNumber, columnNumber: 0 },
  hitCount,
  children,
});
const CART = "file:///srv/src/cart.js";
const hotIn = async (nodes: readonly object[], more: object = {}) => (await runOf({ nodes, startTime: 0, endTime: 1, ...more })).profile;

describe("a CPU profile of V8", () => {
  it("tells the functions of the project's files by their share, and nothing of Node itself", async () => {
    const { profile, measurements, noData } = await runOf(fixture("cpuprofile/shop.cpuprofile"));
    expect(profile?.samples).toBe(44);
    const total = profile?.hot.find(({ name }) => name === "total");
    expect(total).toMatchObject({ path: "/tmp/shop/src/cart.js", line: 12, self: 0 });
    expect(total?.total).toBeCloseTo(40 / 44);
    expect(profile?.hot.find(({ name }) => name === "price")?.self).toBeCloseTo(2 / 44);
    expect(profile?.hot.filter(({ path }) => !path?.startsWith("/tmp/shop/"))).toEqual([]);
    expect([measurements, noData]).toEqual([[], undefined]);
  });

  it("counts a function that calls itself once", async () => {
    const profile = await hotIn([
      call(1, "(root)", "", 0, [2]),
      call(2, "walk", CART, 1, [3]),
      call(3, "walk", CART, 2, [4]),
      call(4, "leaf", CART, 7),
    ]);
    expect(profile?.hot).toEqual([
      { name: "walk", path: "/srv/src/cart.js", line: 1, self: 0.3, total: 1 },
      { name: "leaf", path: "/srv/src/cart.js", line: 1, self: 0.7, total: 0.7 },
    ]);
  });

  it("takes the list of samples where there is one, and leaves idle ones out", async () => {
    const nodes = [call(1, "(root)", "", 0, [2, 3]), call(2, "(idle)", "", 90), call(3, "work", CART, 90)];
    expect(await hotIn(nodes, { samples: [2, 2, 2, 3, 1, 3, 3] })).toMatchObject({ samples: 4, hot: [{ name: "work", total: 0.75 }] });
  });

  it("leaves installed packages out", async () => {
    const nodes = [call(1, "(root)", "", 0, [2]), call(2, "query", "file:///srv/node_modules/pg/lib/client.js", 5)];
    expect(await hotIn(nodes)).toEqual({ samples: 5, hot: [] });
  });

  it("reads a browser's addresses as paths", async () => {
    const nodes = [call(1, "(root)", "", 0, [2]), call(2, "render", "http://localhost:5173/src/cart.ts?t=1", 5)];
    expect((await hotIn(nodes))?.hot[0]?.path).toBe("/src/cart.ts");
  });

  it("ends where calls go in a circle", async () => {
    const nodes = [call(1, "(root)", "", 1, [2]), call(2, "a", CART, 1, [3]), call(3, "b", CART, 1, [2])];
    expect(await hotIn(nodes)).toMatchObject({ samples: 3 });
  });

  it("keeps at most 200 functions", async () => {
    const many = Array.from({ length: 300 }, (_, at) => call(at + 2, `f${at}`, CART, 1));
    const root = call(
      1,
      "(root)",
      "",
      0,
      many.map(({ id }) => id),
    );
    expect((await hotIn([root, ...many]))?.hot).toHaveLength(200);
  });

  it.each([
    ["holds no sample", [call(1, "(root)", "", 0)], "no-samples"],
    ["has another shape", [call(1, "(root)", "", 0), { id: "x" }], "unexpected-shape"],
  ])("that %s is refused", async (_, nodes, code) => expect((await brokenOf({ nodes })).code).toBe(code));
});
