import { sql } from "kysely";
import { checkStore } from "../../../src/store/check.js";
import { acquireLock } from "../../../src/store/embedded/lock.js";
import { openTables } from "../../../src/store/open.js";
import { Child } from "./child.js";

export interface Soaked {
  readonly kills: number;
  readonly killedWhileOpening: number;
  readonly acknowledged: number;
  /** Acknowledged and not there. */
  readonly lost: number;
  /** Half of a transaction, a transaction that was given up, or what amcheck found. */
  readonly torn: number;
  /** Attempts of another process on the directory while it was open; all must have been refused. */
  readonly rivals: number;
  readonly admitted: number;
}

const numbersOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith("stored ")).map((line) => Number(line.slice(7)));

/** All six conditions at once: kills at random under load, errors, maintenance and rivals; then everything is counted. */
export async function soak(directory: string, kills: number, random: () => number): Promise<Soaked> {
  const acknowledged = new Set<number>();
  let [next, killedWhileOpening, rivals, admitted] = [1, 0, 0, 0];
  for (let kill = 0; kill < kills; kill += 1) {
    const child = new Child("soak.mjs", directory, `${next}`);
    const target = Math.floor(random() * 120);
    await child.line((line) => (target < 10 ? line === "opening" : line === `stored ${next + target}`));
    if (target < 10) killedWhileOpening += 1;
    else {
      rivals += 1;
      try {
        acquireLock(`${directory}/redline.lock`).release();
        admitted += 1;
      } catch {}
    }
    await child.kill();
    for (const n of numbersOf(child.lines)) acknowledged.add(n);
    // Beyond whatever was begun and not acknowledged.
    next = Math.max(next, ...acknowledged) + 8;
  }
  return { kills, killedWhileOpening, rivals, admitted, acknowledged: acknowledged.size, ...(await count(directory, acknowledged)) };
}

async function count(directory: string, acknowledged: ReadonlySet<number>) {
  const { db } = await openTables({ dataDirectory: directory, amcheck: true });
  const { rows } = await sql<{ guid: string; marked: boolean }>`
    select guid, exists (
      select 1 from dirty where (dirty.repository, dirty.number) = (delivery.repository, delivery.pull)) as marked from delivery`.execute(
    db,
  );
  const { damage } = await checkStore(db, new Date());
  await db.destroy();
  const there = new Map(rows.map(({ guid, marked }) => [Number(guid), marked]));
  const lost = [...acknowledged].filter((n) => !there.has(n)).length;
  const halves = [...there].filter(([n, marked]) => Number.isNaN(n) || !marked).length;
  return { lost, torn: halves + damage.length };
}
