// Upgrades a data directory and stops in the middle: says `half` after the first of two statements, or after the last
// one, then waits to be killed.
import { Kysely, sql } from "kysely";
import { embeddedEngine } from "../../../dist/store/embedded/engine.js";
import { migrate, ownMigrations } from "../../../dist/store/migrate.js";

const [directory, stop] = process.argv.slice(2);
const own = await ownMigrations();
const half = {
  async up(db) {
    await sql`create table half_done (id int)`.execute(db);
    if (stop === "last") await sql`alter table delivery add column half int`.execute(db);
    console.log("half");
    await new Promise(() => setInterval(() => {}, 60_000));
  },
};
const { dialect } = await embeddedEngine(directory, Object.keys(own));
await migrate(new Kysely({ dialect }), { ...own, "9999_half": half });
