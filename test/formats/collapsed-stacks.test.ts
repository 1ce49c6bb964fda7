import { describe, expect, it } from "vitest";
import { collapsedStacks } from "../../src/formats/collapsed-stacks.js";
import { brokenOf, codes, fixture, runOf, unrecognizedOf } from "./reading.js";

const hotIn = async (content: unknown) => (await runOf(content)).profile?.hot ?? [];
const shares = async (content: unknown) => Object.fromEntries((await hotIn(content)).map(({ name, total }) => [name, total]));

describe("collapsed stacks", () => {
  it("of py-spy tell functions with their files and lines", async () => {
    const { profile, measurements, noData } = await runOf(fixture("collapsed-stacks/py-spy.txt"));
    expect(profile?.samples).toBe(53);
    expect(profile?.hot.find(({ name }) => name === "total")).toEqual({
      name: "total",
      path: "/tmp/shop/src/cart.py",
      line: 13,
      self: 0,
      total: 52 / 53,
    });
    expect(profile?.hot.find(({ name }) => name === "price")?.self).toBeCloseTo(5 / 53);
    expect([measurements, noData]).toEqual([[], undefined]);
  });

  it("of the JVM and Go tell names only", async () => {
    expect(await shares(fixture("collapsed-stacks/handmade-jvm.txt"))).toMatchObject({
      "com/shop/Cart.total": 0.85,
      "com/shop/Prices.of": 0.6,
    });
    const [main, , total] = await hotIn(fixture("collapsed-stacks/handmade-go.txt"));
    expect([main, total]).toMatchObject([{ name: "runtime.main" }, { name: "example.com/shop/cart.(*Cart).Total", total: 0.8 }]);
    expect(total).not.toHaveProperty("path");
  });

  it("of rbspy tell the file behind a dash", async () => {
    expect(await hotIn("<main> - main.rb:3;total - src/cart.rb:7 4\n")).toContainEqual({
      name: "total",
      path: "src/cart.rb",
      line: 7,
      self: 1,
      total: 1,
    });
  });

  it("count a function that calls itself once, and its first line", async () => {
    expect(await hotIn("walk (a.py:9);walk (a.py:4);leaf (a.py:20) 3\nwalk (a.py:9) 1\n")).toEqual([
      { name: "walk", path: "a.py", line: 4, self: 0.25, total: 1 },
      { name: "leaf", path: "a.py", line: 20, self: 0.75, total: 0.75 },
    ]);
  });

  it("leave the system, the kernel and installed packages out", async () => {
    const frames = ["run (/usr/lib/python3.11/threading.py:1)", "get (/srv/.venv/lib/python3.11/site-packages/x/y.py:2)", "write_[k]"];
    expect(await hotIn(`${frames.join(";")} 5\n`)).toEqual([]);
  });

  it("say which lines are none, and count the others", async () => {
    const run = await runOf(`${"a;b 1\n".repeat(30)}Wrote 30 stacks.\n`);
    expect(run.profile?.samples).toBe(30);
    expect(codes(run)).toEqual(["unreadable-lines"]);
    expect(run.problems[0]).toMatchObject({ level: "warning", line: 31 });
  });

  it("are not taken from names that only a prototype has", async () => {
    expect(await shares("__proto__;constructor 2\n")).toEqual(JSON.parse('{"__proto__": 1, "constructor": 1}'));
  });

  it("without a sample are refused", async () => expect((await brokenOf("a;b 0\n")).code).toBe("no-samples"));

  it.each(["name;value\na;1\n", "GET /orders 12\n", "a;b c\n", "total 12\nfiles 3\n"])("are not %j", async (content) => {
    expect((await unrecognizedOf(content)).code).toBe("unknown-format");
  });

  it("are not a long line of something else that is cut behind a blank and digits", () => {
    const first = `a;b${"x".repeat(19_994)} 12`;
    expect(collapsedStacks.recognizes(Buffer.from(first))).toBe(false);
    expect(collapsedStacks.recognizes(Buffer.from(`${first}34}`))).toBe(false);
    expect(collapsedStacks.recognizes(Buffer.from(`${first.slice(0, -8)}   12${" ".repeat(9)}}`))).toBe(false);
    expect(collapsedStacks.recognizes(Buffer.from(`a;b${first.slice(9)}`))).toBe(true);
  });
});
