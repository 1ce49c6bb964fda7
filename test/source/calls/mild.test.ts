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
  ])("%s", async (_, path, code) => {
    expect(await mild(path, code)).toBe(true);
  });

  it.each([
    ["a queryset that is run", "src/a.py", "count = Order.objects.filter(open=True).count()\n"],
    ["a queryset that is handed on", "src/a.py", "use = [Order.objects.filter(open=True)]\n"],
    ["a record", "src/a.ts", "prisma.catalogue.create({ data });"],
  ])("is not %s", async (_, path, code) => {
    expect(await mild(path, code)).toBe(false);
  });
});
