// A store under load until it is killed: random transactions, some of which fail, beside vacuums, checkpoints and removal.
// Says `stored <n>` only when delivery n and its mark are durable, `opening` before it opens, `closed` after the end, and
// now and then `memory <resident bytes> <open files>`.
// node soak.mjs DIRECTORY FIRST [LAST]
import { readdirSync, readlinkSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sql } from "kysely";
import { openTables, storeOn } from "../../../dist/store/open.js";
import { pack } from "../../../dist/store/packed.js";

const [dataDirectory, first, last = "Infinity"] = process.argv.slice(2);
console.log("opening");
const opened = await openTables({ dataDirectory });
const { db } = opened;
const store = storeOn(opened);
const key = (n) => ({ installation: 1, repository: n % 5, number: n % 97 });
const keep = { pulls: 1, heads: 1, deliveries: 1, history: 1, audit: 1, uninstalled: 1 };

async function receive(n) {
  const [receivedAt, body] = [new Date(), pack("x".repeat(n % 3_000))];
  const delivery = { guid: `${n}`, event: "push", action: null, installation: 1, repository: n % 5, pull: n % 97, body, receivedAt };
  await store.inbox.receive(delivery, { key: key(n), reason: "push" });
  console.log(`stored ${n}`);
}

const fails = (query) =>
  query.then(
    () => console.log("no error"),
    () => undefined,
  );
const broken = [
  () => fails(sql`insert into sticky_comment (installation) values (1)`.execute(db)),
  (n) => fails(sql`select ${n}::int / 0`.execute(db)),
  () => fails(sql`selec`.execute(db)),
  (n) =>
    fails(
      db.transaction().execute(async (transaction) => {
        await sql`insert into delivery (guid, event, body, received_at) values (${`half ${n}`}, 'push', '', now())`.execute(transaction);
        throw new Error("given up");
      }),
    ),
];
const upkeep = [
  () => store.upkeep.vacuum("queues"),
  () => store.upkeep.vacuum("all"),
  () => store.upkeep.checkpoint(),
  () => store.upkeep.tidy(new Date(), keep),
];

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

function target(descriptor) {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
}

/** All but one of each file of the store: which of its tables PostgreSQL holds open depends on the moment. */
function openFiles() {
  const targets = readdirSync("/proc/self/fd").map(target);
  const own = targets.filter((path) => path.startsWith(`${dataDirectory}/`) && !path.endsWith(" (deleted)"));
  return targets.length - new Set(own).size;
}

function tellMemory() {
  collect();
  console.log(`memory ${process.memoryUsage().rss} ${openFiles()}`);
}

for (let n = Number(first); n <= Number(last); n += 4) {
  const work = [0, 1, 2, 3].map((offset) => receive(n + offset));
  work.push(broken[n % broken.length](n));
  if (n % 11 === 0) work.push(upkeep[Math.floor(n / 11) % upkeep.length]());
  if (n % 2 === 0) work.push(db.transaction().execute((transaction) => sql`update dirty set reason = ${`r${n}`}`.execute(transaction)));
  await Promise.all(work);
  if ((n - Number(first)) % 120 === 0) {
    await store.dirty.next();
    tellMemory();
  }
}
await store.close();
console.log("closed");
