import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GroupCommit } from "../../src/store/group-commit.js";

/** Groups as they were committed, and a commit that ends when told. */
function stage(limit = 3) {
  const groups: string[][] = [];
  const commit = async (items: readonly string[]): Promise<readonly string[]> => {
    groups.push([...items]);
    await new Promise((resolve) => setImmediate(resolve));
    if (items.includes("impossible")) throw new Error("out of range");
    return items.map((item) => `stored ${item}`);
  };
  return { groups, group: new GroupCommit({ commit, keyOf: (item: string) => item.slice(0, 1), limit }) };
}

describe("deliveries that come together", () => {
  it("are committed together where they come at once, or while the one before is under way", async () => {
    const { groups, group } = stage();
    const stored = await Promise.all(["a", "b", "c", "d", "e"].map((item) => group.add(item)));
    expect(groups).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
    expect(stored).toEqual(["stored a", "stored b", "stored c", "stored d", "stored e"]);
  });

  it("are committed alone where they come alone", async () => {
    const { groups, group } = stage();
    for (const item of ["a", "b"]) await group.add(item);
    expect(groups).toEqual([["a"], ["b"]]);
  });

  it("share no group where they are the same", async () => {
    const { groups, group } = stage();
    await Promise.all(["a", "b1", "b2", "c"].map((item) => group.add(item)));
    expect(groups).toEqual([["a", "b1", "c"], ["b2"]]);
  });

  it("share a group though they are the same where nothing tells them apart", async () => {
    const asked: string[][] = [];
    const group = new GroupCommit<string, string>({
      limit: 3,
      async commit(items) {
        asked.push([...items]);
        return items;
      },
    });
    await Promise.all(["a", "a", "a", "a"].map((item) => group.add(item)));
    expect(asked).toEqual([["a", "a", "a"], ["a"]]);
  });

  it("are stored though one of them cannot be", async () => {
    const { group } = stage();
    const all = await Promise.allSettled(["a", "b", "impossible", "d"].map((item) => group.add(item)));
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(await group.add("later")).toBe("stored later");
  });

  it("are each answered with their own result, whatever comes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 12 }), async (items) => {
        const { groups, group } = stage();
        expect(await Promise.all(items.map((item) => group.add(item)))).toEqual(items.map((item) => `stored ${item}`));
        expect(groups.flat().sort()).toEqual([...items].sort());
      }),
      { numRuns: 30 },
    );
  });
});
