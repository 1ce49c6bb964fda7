import { describe, expect, it } from "vitest";
import { TreeCache } from "../../src/worker/tree-cache.js";

const tree = (characters: number) => [{ files: [{ path: "", sha: "", text: "x".repeat(characters) }] }];

describe("the trees that are kept", () => {
  it("are those that were asked for last, within the capacity", () => {
    const cache = new TreeCache(100);
    cache.set("a", tree(40));
    cache.set("b", tree(40));
    cache.get("a");
    cache.set("c", tree(40));
    expect(["a", "b", "c"].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it("count once, however often they are set, and not at all when too large", () => {
    const cache = new TreeCache(100);
    for (let times = 0; times < 5; times += 1) cache.set("a", tree(60));
    cache.set("b", tree(40));
    cache.set("huge", tree(101));
    expect(["a", "b", "huge"].map((key) => cache.get(key) !== undefined)).toEqual([true, true, false]);
  });
});
