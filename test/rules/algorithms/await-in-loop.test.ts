import { awaitInLoop } from "../../../src/rules/algorithms/await-in-loop.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(awaitInLoop, "src/orders.ts", {
  firing: [
    [
      "an await in a loop",
      `async function run(items: Item[]) {
  for (const item of items) {
    await send(item);
  }
}`,
      "send(…) runs in each round of for (const item of items)",
    ],
    [
      "an await in a callback",
      `async function run(items: Item[]) {
  items.forEach(async (item) => {
    await send(item);
  });
}`,
    ],
    [
      "a while loop",
      `async function run(items: Item[]) {
  while (items.length > 0) await send(items.pop());
}`,
    ],
    [
      "a method",
      `async function run(items: Item[]) {
  for (const item of items) await this.mailer.send(item);
}`,
    ],
    [
      "an index",
      `async function run(items: Item[]) {
  for (let i = 0; i < items.length; i++) await send(items[i]);
}`,
    ],
  ],
  silent: [
    [
      "all at once",
      `async function run(items: Item[]) {
  await Promise.all(items.map((item) => send(item)));
}`,
    ],
    [
      "a stream",
      `async function run(items: Item[]) {
  for await (const item of stream) await send(item);
}`,
    ],
    [
      "no loop",
      `async function run(items: Item[]) {
  await send(items);
}`,
    ],
    [
      "attempts",
      `async function run(items: Item[]) {
  for (let attempt = 0; attempt < retries; attempt++) await send(items);
}`,
    ],
    [
      "a list that is written down",
      `async function run(items: Item[]) {
  for (const kind of ['a', 'b']) await send(kind);
}`,
    ],
  ],
});
