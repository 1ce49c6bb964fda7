import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownMigrations } from "../../../src/store/migrate.js";
import { openTables } from "../../../src/store/open.js";
import { Child } from "./child.js";
import { soak } from "./soak.js";

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "redline-soak-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

test("kills while opening and writing, beside failing statements, vacuums, checkpoints and rivals, lose and tear nothing that was acknowledged (R12)", async () => {
  // Two while opening, the first of which finds no database at all, the other what a kill at work has left; two at work.
  const targets = [0, 0.9, 0.05, 0.4];
  const soaked = await soak(directory, targets.length, () => targets.shift() ?? 0);
  expect(soaked).toMatchObject({ kills: 4, killedWhileOpening: 2, lost: 0, torn: 0, rivals: 2, admitted: 0 });
  expect(soaked.acknowledged).toBeGreaterThanOrEqual(108 + 48);
});

test("memory and open files stay level while deliveries, errors and maintenance go on (R36)", async () => {
  const child = new Child("soak.mjs", directory, "1000001", "1001200");
  await child.line((line) => line === "closed");
  await child.kill();
  const told = child.lines.filter((line) => line.startsWith("memory ")).map((line) => line.split(" ").map(Number));
  // Level from the moment when each kind of maintenance has run.
  const [early, late] = [told.slice(4, 7), told.slice(-3)];
  const least = (rows: readonly number[][], column: number) => Math.min(...rows.map((row) => row[column] ?? Number.NaN));
  // 45 KB for each of the 360 deliveries between the two.
  expect(least(late, 1) - least(early, 1)).toBeLessThan(16e6);
  expect(least(late, 2) - least(early, 2)).toBeLessThanOrEqual(2);
});

test("an upgrade that is killed after its first or before its last statement leaves the old tables (R35)", async () => {
  const own = Object.keys(await ownMigrations());
  for (const stop of ["first", "last"]) {
    const migrator = new Child("migrator.mjs", directory, stop);
    await migrator.line((line) => line === "half");
    await migrator.kill();
  }
  const { db } = await openTables({ dataDirectory: directory });
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  expect(done.rows.map(({ name }) => name)).toEqual(own);
  const half = await sql<{ name: string | null }>`select to_regclass('half_done')::text as name`.execute(db);
  expect(half.rows).toEqual([{ name: null }]);
  await db.destroy();
});
