import { unboundedQueryResult } from "../../../src/rules/resources/unbounded-query-result.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(unboundedQueryResult, "src/orders.ts", {
  firing: [
    [
      "all records",
      `async function run(items: Item[]) {
  return prisma.order.findMany();
}`,
      "prisma.order.findMany() has no limit",
    ],
    [
      "a condition only",
      `async function run(items: Item[]) {
  return prisma.order.findMany({ where: { open: true } });
}`,
    ],
    [
      "another library",
      `async function run(items: Item[]) {
  return Order.findAll({ where: { open: true } });
}`,
    ],
    [
      "what goes with it",
      `async function run(items: Item[]) {
  return prisma.order.findMany({ include: { lines: true } });
}`,
    ],
    [
      "rows and their count",
      `async function run(items: Item[]) {
  return Order.findAndCountAll({ order: ['id'] });
}`,
    ],
  ],
  silent: [
    [
      "take",
      `async function run(items: Item[]) {
  return prisma.order.findMany({ where: { open: true }, take: 100 });
}`,
    ],
    [
      "a limit",
      `async function run(items: Item[]) {
  return Order.findAll({ limit: 100 });
}`,
    ],
    [
      "options in a variable",
      `async function run(items: Item[]) {
  return prisma.order.findMany(options);
}`,
    ],
    [
      "options that are spread",
      `async function run(items: Item[]) {
  return prisma.order.findMany({ ...options });
}`,
    ],
    [
      "a list of keys",
      `async function run(items: Item[]) {
  return prisma.order.findMany({ where: { id: { in: ids } } });
}`,
    ],
    [
      "one record",
      `async function run(items: Item[]) {
  return prisma.order.findFirst({ where: { open: true } });
}`,
    ],
  ],
});
