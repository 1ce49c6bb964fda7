import { sql } from "kysely";
import { expect, test } from "vitest";
import { readTables } from "../../src/store/catalogue.js";
import { describeOnBothEngines } from "./engines.js";
import { everybodys, reads, removals, type Tenant, tenant, writes } from "./tenant.js";

/** Of the App itself: turns and cursors of its looks, and GitHub's ids of deliveries that it asked for again. */
const OWN = ["net", "redelivery"];

const does = async (acts: typeof writes, of: Tenant): Promise<void> => {
  for (const act of Object.values(acts)) await act(of);
};

async function seenBy(of: Tenant): Promise<Readonly<Record<string, unknown>>> {
  const seen: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(reads)) seen[name] = await read(of);
  return seen;
}

const isEmpty = (value: unknown): boolean => value === null || value === false || (Array.isArray(value) && value.length === 0);

/** Names of whatever tells something, or of what tells nothing. */
const named = (seen: Readonly<Record<string, unknown>>, empty: boolean): readonly string[] =>
  Object.keys(seen).filter((name) => isEmpty(seen[name]) === empty);

describeOnBothEngines("two tenants with the same numbers and names (T01)", (opened) => {
  test("each function of the store is written to by one of them here, read as the other, or the App's own", () => {
    const { store } = opened();
    const functions = Object.entries(store).flatMap(([name, part]: [string, unknown]) => {
      if (typeof part === "function") return [name];
      return typeof part === "object" && part !== null ? Object.keys(part).map((inner) => `${name}.${inner}`) : [];
    });
    const known = [...Object.keys(writes), ...Object.keys(removals), ...Object.keys(reads), ...everybodys];
    expect(functions.toSorted()).toEqual(known.toSorted());
  });

  test("neither reads what the other has, nor changes or removes it (T01)", async () => {
    const { store } = opened();
    const [one, other] = [tenant(store, 1, "one"), tenant(store, 2, "the other")];
    await does(writes, one);
    const before = await seenBy(one);
    expect(named(before, true)).toEqual([]);
    expect(named(await seenBy(other), false)).toEqual([]);
    await does(writes, other);
    expect(named(await seenBy(other), true)).toEqual([]);
    expect(JSON.stringify(await seenBy(other))).not.toMatch(/"one"/);
    expect(await seenBy(one)).toEqual(before);
    await does(removals, other);
    expect(named(await seenBy(other), true)).toContain("heads.expectedRuns");
    expect(await seenBy(one)).toEqual(before);
  });

  test("every table has a row of each of them, whose keys differ in the installation only (T01)", async () => {
    const { store, db } = opened();
    await does(writes, tenant(store, 1, "one"));
    await does(writes, tenant(store, 2, "the other"));
    const bare: string[] = [];
    for (const { name } of (await readTables(db)).filter((table) => !OWN.includes(table.name))) {
      const { rows } = await sql<{ n: number }>`select count(distinct installation)::int as n from ${sql.table(name)}`.execute(db);
      if (rows[0]?.n !== 2) bare.push(name);
    }
    expect(bare).toEqual([]);
  });
});
