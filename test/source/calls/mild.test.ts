import { describe, expect, it } from "vitest";
import { isDatabaseCall } from "../../../src/source/calls/database-calls.js";
import { isMild } from "../../../src/source/calls/mild.js";
import { isRecordWrite } from "../../../src/source/calls/record-writes.js";
import { factsIn } from "../../rules/source-cases.js";

/** Whether the last query of a text is mild, in the loop that it stands in or in a made-up one. */
async function mild(path: string, code: string): Promise<boolean> {
  const file = await factsIn(path, code);
  const call = file.calls.find((one) => one.outermost && (isDatabaseCall(one, file) || isRecordWrite(one, file))) ?? file.calls[0];
  if (!call) throw new Error("no call");
  const loop = file.loops[call.loop ?? -1] ?? (await factsIn("src/b.ts", "for (const a of b) c();")).loops[0];
  if (!loop) throw new Error("no loop");
  return isMild(call, file, loop);
}

describe("a query that is less sure to be one too many", () => {
  it.each([
    ["is a queryset that is kept", "src/a.py", "orders = Order.objects.filter(open=True)\n"],
    ["is a queryset that is kept in an order", "src/a.py", "orders = Order.objects.filter(open=True).order_by('id')\n"],
    ["notes what was done", "src/a.ts", "prisma.documentAuditLog.create({ data });"],
    ["stays in the process", "store/db/sqlite/a.go", "package a\n\nfunc f() {\n\tdb.Query(query)\n}"],
    ["notes what was done, in Python", "src/a.py", "LogEntry.objects.create(order=order)\n"],
    ["runs until somebody stops it", "src/a.ts", "while (!signal.aborted) await prisma.job.findFirst({ where });"],
    ["follows a failure", "src/a.py", "try:\n    f()\nexcept Exception:\n    for o in orders:\n        o.save()\n"],
    [
      "follows a failure, in Go",
      "src/a.go",
      "package a\n\nfunc f() {\n\tif err != nil {\n\t\tfor _, o := range orders {\n\t\t\tstore.Find(ctx, o)\n\t\t}\n\t}\n}",
    ],
    ["is given a list", "src/a.py", "for shop in shops:\n    Order.objects.filter(id__in=ids).count()\n"],
    ["is given a list, in JavaScript", "src/a.ts", "for (const s of shops) await prisma.order.count({ where: { id: { in: ids } } });"],
    ["is given keys", "src/a.go", "package a\n\nfunc f() {\n\tfor _, s := range shops {\n\t\tstore.List(ctx, orderIDs)\n\t}\n}"],
    ["writes many by its name", "src/a.go", "package a\n\nfunc f() {\n\tfor _, s := range shops {\n\t\tstore.CreateOrders(ctx, s)\n\t}\n}"],
    [
      "asks the same in each round",
      "src/a.go",
      "package a\n\nfunc f(ctx context.Context, shop string) {\n\tfor _, l := range limits {\n\t\tstore.Count(ctx, shop)\n\t}\n}",
    ],
    ["fills a database once", "src/a.ts", "async function seedShops() { for (const s of shops) await prisma.shop.create({ data: s }); }"],
    [
      "is an action of Django's admin",
      "shop/admin.py",
      "class OrderAdmin(ModelAdmin):\n    def close(self, request, qs):\n        for order in qs:\n            order.save()\n",
    ],
    [
      "is followed by what needs its key",
      "src/a.py",
      "for row in rows:\n    order = Order(shop=shop)\n    order.save()\n    order.notify()\n",
    ],
    [
      "is followed by a loop that needs its key",
      "src/a.py",
      "for row in rows:\n    order = Order.objects.create(shop=shop)\n    for item in row:\n        save(order, item)\n",
    ],
    [
      "hands its key on",
      "src/a.go",
      "package a\n\nfunc f() {\n\tfor _, r := range rows {\n\t\torder := made(r)\n\t\tstore.Create(ctx, order)\n\t\tlink(order.ID)\n\t}\n}",
    ],
    ["is only made, for a transaction", "src/a.ts", "const all = [first, ...orders.map((o) => prisma.order.update({ where: o }))];"],
    [
      "is written under an optimistic lock",
      "src/a.go",
      "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\tstore.UpdateOptLock(ctx, o)\n\t}\n}",
    ],
    [
      "stands in a loop that does much more",
      "src/a.ts",
      `for (const o of orders) { await prisma.order.find(o); ${"step();\n".repeat(100)} }`,
    ],
    ["writes one record and reads none", "src/a.ts", "for (const o of orders) await prisma.order.create({ data: o });"],
    ["writes one record and reads none, in Python", "src/a.py", "for o in orders:\n    Order.objects.filter(pk=o).update(open=True)\n"],
    ["writes by a statement", "src/a.go", "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\ttx.Exec(q, o)\n\t}\n}"],
    ["is a queryset that is handed on", "src/a.py", "for o in orders:\n    q = narrowed(Order.objects.using(db).filter(pk=o))\n"],
    ["ends the loop", "src/a.py", "def f():\n    for o in orders:\n        return Order.objects.get(pk=o)\n"],
    [
      "writes one record by its name",
      "src/a.go",
      "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\tstore.UpdateStatus(ctx, o)\n\t}\n}",
    ],
    [
      "fills in what is missing",
      "src/a.go",
      "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\tif o.Shop == nil {\n\t\t\tstore.Find(ctx, o)\n\t\t}\n\t}\n}",
    ],
    ["makes a key", "src/a.go", "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\tidRepo.GenUniqueIDStr(ctx, o)\n\t}\n}"],
    ["runs when a program starts", "src/a.ts", "class A { async onModuleInit() { for (const a of b) await prisma.order.findFirst(a); } }"],
    [
      "runs in a function that a program starts with",
      "src/a.ts",
      "class A { async initializeShops() { b.map(async (a) => { await prisma.order.findFirst(a); }); } }",
    ],
    ["is over what is due", "src/a.ts", "for (const o of expiredOrders) await prisma.order.findFirst(o);"],
    [
      "is over what is due, by its function",
      "src/a.go",
      "package a\n\nfunc closeOverdueOrders() {\n\tfor _, o := range orders {\n\t\tstore.Find(ctx, o)\n\t}\n}",
    ],
    ["locks rows one by one", "src/a.py", "for o in orders:\n    Order.objects.select_for_update().get(pk=o)\n"],
    ["locks rows one by one, by an option", "src/models/a.ts", "for (const o of orders) await Order.findByPk(o, { lock: true });"],
    [
      "is a transaction of its own in each round",
      "src/models/a.ts",
      "for (const o of orders) { await sequelize.transaction(async (t) => { await Order.findByPk(o); }); }",
    ],
    [
      "is a transaction of its own in each round, in Python",
      "src/a.py",
      "for o in orders:\n    with transaction.atomic():\n        Order.objects.get(pk=o)\n",
    ],
    [
      "runs where a look-up found nothing",
      "src/a.py",
      "for o in orders:\n    if o.shop not in shops:\n        shops[o.shop] = Shop.objects.get(pk=o.shop)\n",
    ],
    [
      "runs where a look-up found nothing, in JavaScript",
      "src/a.ts",
      "for (const o of orders) { if (!shops.has(o.shop)) shops.set(o.shop, await prisma.shop.findFirst(o)); }",
    ],
    [
      "runs where a look-up found nothing, in Go",
      "src/a.go",
      "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\tif _, ok := shops[o]; !ok {\n\t\t\tstore.Find(ctx, o)\n\t\t}\n\t}\n}",
    ],
    [
      "runs where a look-up found nothing, as the other way",
      "src/a.py",
      "for o in orders:\n    if o in shops:\n        pass\n    else:\n        Shop.objects.get(pk=o)\n",
    ],
    [
      "ends when it is found",
      "src/a.ts",
      "async function f() { for (const a of names) { const found = await prisma.user.find(a); if (found) return found; } }",
    ],
  ])("%s", async (_, path, code) => {
    expect(await mild(path, code)).toBe(true);
  });

  it.each([
    ["a queryset that is run", "src/a.py", "count = Order.objects.filter(open=True).count()\n"],
    ["a queryset that is handed on", "src/a.py", "use = [Order.objects.filter(open=True)]\n"],
    ["a record", "src/a.ts", "prisma.catalogue.findFirst({ where });"],
    ["a queryset that is gone through", "src/a.py", "for o in orders:\n    items = list(Item.objects.filter(order=o))\n"],
    ["what a callback returns", "src/a.ts", "await Promise.all(orders.map(async (o) => { return prisma.order.findFirst(o); }));"],
    [
      "what follows no error",
      "src/a.go",
      "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\tif err == nil {\n\t\t\tstore.Find(ctx, o)\n\t\t}\n\t}\n}",
    ],
    ["a record that is made where there is none", "src/a.py", "for o in orders:\n    Order.objects.get_or_create(pk=o)\n"],
    ["a statement that reads", "src/a.go", "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\ttx.QueryRow(q, o)\n\t}\n}"],
    [
      "what runs where a look-up found something",
      "src/a.py",
      "for o in orders:\n    if o.shop in shops:\n        Shop.objects.get(pk=o.shop)\n",
    ],
    [
      "all rounds in one transaction",
      "src/models/a.ts",
      "await sequelize.transaction(async (t) => { for (const o of orders) await Order.findByPk(o); });",
    ],
    ["what is begun by somebody", "src/a.ts", "async function reinitialize() { for (const o of orders) await prisma.order.findFirst(o); }"],
    ["a queue that is gone through once", "src/a.ts", "for (const o of orders) await prisma.order.find(o);"],
    ["a record that is read and saved", "src/a.py", "for o in orders:\n    r = Order.objects.get(pk=o)\n    r.save()\n    note(r)\n"],
    ["a record that is kept in a list", "src/a.py", "for o in orders:\n    r = Order.objects.get(pk=o)\n    made.append(r)\n"],
    ["what is waited for", "src/a.ts", "await Promise.all(orders.map((o) => prisma.order.findFirst({ where: o })));"],
    [
      "what is waited for by its name",
      "src/a.ts",
      "const all = orders.map((o) => prisma.order.findFirst({ where: o }));\nawait Promise.all(all);",
    ],
    ["a status", "src/a.go", "package a\n\nfunc f() {\n\tfor _, o := range orders {\n\t\tstore.GetStatus(ctx, o)\n\t}\n}"],
  ])("is not %s", async (_, path, code) => {
    expect(await mild(path, code)).toBe(false);
  });
});
