import { type Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { newest, ownMigrations } from "../../../src/store/migrate.js";
import type { Tables } from "../../../src/store/tables.js";
import type { Lines } from "../../../src/store/transfer/lines.js";
import { importStore } from "../../../src/store/transfer/read.js";
import { exportStore } from "../../../src/store/transfer/write.js";
import { describeOnBothEngines, emptyTables } from "../engines.js";
import { fillEverything } from "./rows.js";

const schema = newest(await ownMigrations());

async function exported(db: Kysely<Tables>): Promise<string[]> {
  let all = "";
  for await (const lines of exportStore(db, schema)) all += lines;
  return all.trimEnd().split("\n");
}

async function* linesOf(lines: readonly string[]): Lines {
  yield lines;
}

const imported = (db: Kysely<Tables>, lines: readonly string[]) => importStore(db, linesOf(lines), schema, "backup.ndjson");
const rowsIn = (lines: readonly string[]) => lines.filter((line) => line.startsWith("[")).sort();

describeOnBothEngines("an export", (opened, other) => {
  test("takes every table along, to the other engine and back, to the last bit", async () => {
    const tables = await fillEverything(opened().db);
    await sql`select setval('dirty_sequence', 41)`.execute(opened().db);
    const lines = await exported(opened().db);
    expect(JSON.parse(lines[0] ?? "")).toEqual({ redline: "store", version: 1, schema, tables: tables.map(({ name }) => name) });
    expect(rowsIn(lines)).toHaveLength(2 * tables.length);

    const { db } = await other();
    await emptyTables(db);
    expect(await imported(db, lines)).toBe(2 * tables.length);
    const again = await exported(db);
    expect(rowsIn(again)).toEqual(rowsIn(lines));
    expect(again.at(-2)).toBe(lines.at(-2));
    expect((await sql<{ next: number }>`select nextval('dirty_sequence') as next`.execute(db)).rows[0]?.next).toBe(42);
  });

  test("goes into an empty store only", async () => {
    const { db, store } = opened();
    const lines = await exported(db);
    await store.dirty.mark({ installation: 1, repository: 2, number: 3 }, "opened", new Date());
    await expect(imported(db, lines)).rejects.toThrow("The store is not empty: dirty has rows. Import into a new directory");
  });

  test("is one moment: what is written meanwhile is in none of its tables, or in all", async () => {
    const { db, store } = opened();
    const lines = exportStore(db, schema);
    await lines.next();
    const marked = store.dirty.mark({ installation: 1, repository: 2, number: 3 }, "opened", new Date());
    let rest = "";
    for await (const some of lines) rest += some;
    await marked;
    expect(rowsIn(rest.split("\n"))).toEqual([]);
  });

  test("of another version, cut off anywhere or edited is refused with file and line, and leaves the store empty (R12)", async () => {
    const { db } = opened();
    await fillEverything(db);
    const whole = await exported(db);
    await emptyTables(db);
    const refusal = async (lines: readonly string[]) => {
      const why = await imported(db, lines).then(
        () => "taken",
        (error: Error) => error.message,
      );
      expect((await sql<{ n: number }>`select count(*) as n from delivery`.execute(db)).rows[0]?.n).toBe(0);
      return why;
    };
    const edited = (change: (line: string, index: number) => string) => whole.map(change);
    const at = whole.findIndex((line) => line.startsWith('["') && line.includes("text 0"));

    expect(await refusal([])).toContain("backup.ndjson:1: the file is cut off: the first line of redline store export is missing");
    for (let kept = 1; kept < whole.length; kept += 7)
      expect(await refusal(whole.slice(0, kept))).toMatch(new RegExp(`^backup\\.ndjson:${kept + 1}: the file is cut off`));
    expect(await refusal(whole.slice(0, -1))).toContain("the last line is missing; export it again, or take another backup");
    expect(await refusal([...whole, "{}"])).toContain("there is more after the last line");
    expect(await refusal(edited((line) => line.replace(schema, "0001_initial")))).toContain(
      `backup.ndjson:1: the export is of the schema 0001_initial, this Redline is at ${schema}; import it with the Redline that wrote it`,
    );
    expect(await refusal(edited((line) => line.replace("text 0", "text 9")))).toMatch(
      /backup\.ndjson:\d+: the rows of \w+ before this line were changed/,
    );
    expect(await refusal(edited((line, index) => (index === at ? line.slice(0, -2) : line)))).toBe(
      `backup.ndjson:${at + 1}: this is not JSON; export it again, or take another backup`,
    );
    expect(await refusal(edited((line, index) => (index === at ? '["1"]' : line)))).toContain(`backup.ndjson:${at + 1}: a row of `);
    expect(await refusal(whole.filter((_, index) => index !== at))).toMatch(/had 2 rows, and 1 are left/);
    expect(await refusal(edited((line) => line.replaceAll("2026-01-02 08:20:30", "soon")))).toMatch(
      /backup\.ndjson:\d+: \w+ does not take this row: invalid input syntax/,
    );
    expect(await refusal(edited((line) => line.replace('"columns":["', '"columns":["x')))).toContain("these are not the columns of ");
    expect(await imported(db, whole)).toBeGreaterThan(0);
  });
});
