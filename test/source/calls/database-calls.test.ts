import { describe, expect, it } from "vitest";
import { isMilder } from "../../../src/source/calls/database-calls.js";
import { factsIn } from "../../rules/source-cases.js";

async function isMild(path: string, code: string): Promise<boolean> {
  const file = await factsIn(path, code);
  const call = file.calls.find(({ outermost }) => outermost);
  if (!call) throw new Error("no call");
  return isMilder(call, file);
}

describe("a query that is less sure to be one too many", () => {
  it.each([
    ["is a queryset that is kept", "src/a.py", "orders = Order.objects.filter(open=True)\n"],
    ["is a queryset that is kept in an order", "src/a.py", "orders = Order.objects.filter(open=True).order_by('id')\n"],
    ["notes what was done", "src/a.ts", "prisma.documentAuditLog.create({ data });"],
    ["stays in the process", "store/db/sqlite/a.go", "package a\n\nfunc f() {\n\tdb.Query(query)\n}"],
    ["notes what was done, in Python", "src/a.py", "LogEntry.objects.create(order=order)\n"],
  ])("%s", async (_, path, code) => {
    expect(await isMild(path, code)).toBe(true);
  });

  it.each([
    ["a queryset that is run", "src/a.py", "count = Order.objects.filter(open=True).count()\n"],
    ["a queryset that is handed on", "src/a.py", "use = [Order.objects.filter(open=True)]\n"],
    ["a record", "src/a.ts", "prisma.catalogue.create({ data });"],
  ])("is not %s", async (_, path, code) => {
    expect(await isMild(path, code)).toBe(false);
  });
});
