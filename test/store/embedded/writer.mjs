// Takes deliveries in, numbered from the one given, and says `stored <n>` only when they are durable. Runs until killed.
import { openStore } from "../../../dist/store/open.js";

console.log("opening");
const [dataDirectory, first] = process.argv.slice(2);
const { inbox } = await openStore({ dataDirectory });
const key = { installation: 1, repository: 2, number: 3 };
for (let n = Number(first); ; n += 1) {
  const delivery = {
    guid: `${n}`,
    event: "push",
    action: null,
    installation: 1,
    repository: 2,
    pull: 3,
    body: "{}",
    receivedAt: new Date(),
  };
  await inbox.receive(delivery, { key, reason: "push" });
  console.log(`stored ${n}`);
}
