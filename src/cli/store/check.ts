import { parseArgs } from "node:util";
import { plain, type Text, text } from "../../model/text.js";
import { type Condition, checkStore, type Work } from "../../store/check.js";
import { openTablesAsTheyAre } from "../../store/open.js";
import { sentence } from "../terminal.js";
import { EXIT, UsageError } from "../usage.js";
import { demandThere, placeOf } from "./place.js";

const DAMAGED = text`stop Redline, keep a copy of the store as it is, and restore a backup (redline store import FILE)`;

function lateness({ oldestDue }: Work, now: Date): Text {
  if (oldestDue === null) return text`work: nothing is waiting`;
  return text`work: the longest waiting pull request was due ${Math.round((now.getTime() - oldestDue.getTime()) / 1000)} s ago`;
}

const workLines = (work: Work, now: Date): readonly Text[] => [
  lateness(work, now),
  text`given up: ${work.deadMarks} pull requests, ${work.deadDeliveries} deliveries; ${work.pendingDeliveries} deliveries are not done yet`,
];

function report({ tables, thorough, damage, work }: Condition, schema: string, now: Date): readonly Text[] {
  const state = damage.length === 0 ? "sound" : "damaged";
  const looked = thorough
    ? text`tables: ${tables}, read with amcheck: ${state}`
    : text`tables: ${tables}, rows counted by table and by index (amcheck needs a superuser): ${state}`;
  const damages = damage.map((one) => text`damage: ${plain(one)}`);
  return [text`schema: ${schema}`, looked, ...damages, ...(work === null ? [] : workLines(work, now))];
}

/** `redline store check [STORE]`. */
export async function checkCommand(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  if (positionals.length > 1) throw new UsageError("redline store check takes one STORE");
  const place = placeOf(positionals[0], process.env);
  demandThere(place);
  const { db, schema } = await openTablesAsTheyAre({ ...place, amcheck: true }, false);
  try {
    const now = new Date();
    const condition = await checkStore(db, now);
    process.stdout.write(`${report(condition, schema, now).map(sentence).join("\n")}\n`);
    if (condition.damage.length === 0) return EXIT.open;
    process.stderr.write(`redline: the store is damaged; ${sentence(DAMAGED)}\n`);
    return EXIT.closed;
  } finally {
    await db.destroy();
  }
}
