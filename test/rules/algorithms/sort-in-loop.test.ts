import { sortInLoop } from "../../../src/rules/algorithms/sort-in-loop.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(sortInLoop, "src/orders.ts", {
  firing: [
    [
      "a list sorted each time",
      `async function run(items: Item[]) {
  for (const item of items) {
    all.sort(byDate);
    use(item);
  }
}`,
      "all.sort(…) sorts in each round of for (const item of items)",
    ],
    [
      "a copy",
      `async function run(items: Item[]) {
  return items.map((item) => prices.toSorted()[item.rank]);
}`,
    ],
    [
      "a field",
      `async function run(items: Item[]) {
  for (const item of items) this.queue.sort();
}`,
    ],
    [
      "a while loop",
      `async function run(items: Item[]) {
  while (items.length > 0) { all.sort(); items.pop(); }
}`,
    ],
    [
      "an index",
      `async function run(items: Item[]) {
  for (let i = 0; i < items.length; i++) all.sort(byDate);
}`,
    ],
  ],
  silent: [
    [
      "once",
      `async function run(items: Item[]) {
  all.sort(byDate);
  for (const item of items) use(item);
}`,
    ],
    [
      "a list of the element itself",
      `async function run(items: Item[]) {
  for (const item of items) item.lines.sort();
}`,
    ],
    [
      "the list that is iterated over",
      `async function run(items: Item[]) {
  for (const item of items.sort(byDate)) use(item);
}`,
    ],
    [
      "a constant list",
      `async function run(items: Item[]) {
  for (const kind of ['a', 'b']) all.sort(byDate);
}`,
    ],
    [
      "batches",
      `async function run(items: Item[]) {
  for (const batch of batches) all.sort(byDate);
}`,
    ],
  ],
});

describeSourceRule(sortInLoop, "src/orders.py", {
  firing: [
    [
      "a copy each time",
      `def run(items):
    for item in items:
        use(sorted(prices))`,
      "sorted(…) sorts in each round of for item in items",
    ],
    [
      "in place",
      `def run(items):
    for item in items:
        queue.sort()`,
    ],
    [
      "a comprehension",
      `def run(items):
    return [sorted(prices)[item] for item in items]`,
    ],
    [
      "by a key",
      `def run(items):
    for item in items:
        use(sorted(prices, key=str))`,
    ],
    [
      "a while loop",
      `def run(items):
    while items:
        queue.sort(key=items.pop())`,
    ],
  ],
  silent: [
    [
      "once",
      `def run(items):
    use(sorted(items))`,
    ],
    [
      "the element itself",
      `def run(items):
    for item in items:
        use(sorted(item))`,
    ],
    [
      "the list that is iterated over",
      `def run(items):
    for item in sorted(items):
        use(item)`,
    ],
    [
      "a constant list",
      `def run(items):
    for kind in KINDS:
        queue.sort()`,
    ],
    [
      "a field of the element",
      `def run(items):
    for item in items:
        item.lines.sort()`,
    ],
  ],
});
