import { linearSearchInLoop } from "../../../src/rules/algorithms/linear-search-in-loop.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(linearSearchInLoop, "src/orders.ts", {
  firing: [
    [
      "includes for each element",
      `async function run(items: Item[]) {
  for (const item of items) {
    if (known.includes(item.id)) use(item);
  }
}`,
      "known.includes(…) searches a list in each round of for (const item of items)",
    ],
    [
      "a list searched in a callback",
      `async function run(items: Item[]) {
  return items.map((item) => users.find((user) => user.id === item.userId));
}`,
    ],
    [
      "an index",
      `async function run(items: Item[]) {
  return items.filter((item) => ids.indexOf(item.id) >= 0);
}`,
    ],
    [
      "a list of a list's owner",
      `async function run(items: Item[]) {
  for (const item of items) use(order.lines.filter((line) => line.itemId === item.id));
}`,
    ],
    [
      "the index of what fits",
      `async function run(items: Item[]) {
  items.forEach((item) => use(users.findIndex((user) => user.id === item.id)));
}`,
    ],
  ],
  silent: [
    [
      "a set",
      `async function run(items: Item[]) {
  const known = new Set(ids);
  for (const item of items) if (known.has(item.id)) use(item);
}`,
    ],
    [
      "a literal",
      `async function run(items: Item[]) {
  for (const item of items) if (item.kinds.includes('a')) use(item);
}`,
    ],
    [
      "a list of the element itself",
      `async function run(items: Item[]) {
  for (const item of items) use(item.lines.find((line) => line.open));
}`,
    ],
    [
      "a constant",
      `async function run(items: Item[]) {
  for (const item of items) if (KINDS.includes(item.kind)) use(item);
}`,
    ],
    [
      "a list that is written down",
      `async function run(items: Item[]) {
  for (const item of items) if (['a', 'b'].includes(item.kind)) use(item);
}`,
    ],
    [
      "a text",
      `async function run(items: Item[]) {
  for (const item of items) if (fileName.includes(item.part)) use(item);
}`,
    ],
    [
      "a loop over a constant list",
      `async function run(items: Item[]) {
  for (const kind of ['a', 'b']) use(users.find((user) => user.kind === kind));
}`,
    ],
  ],
});
