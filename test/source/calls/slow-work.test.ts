import { describe, expect, it } from "vitest";
import { slowLoops } from "../../../src/source/calls/slow-work.js";
import { factsIn } from "../../rules/source-cases.js";

const isSlow = async (call: string): Promise<boolean> =>
  slowLoops(await factsIn("src/a.ts", `for (const item of items) {\n  ${call};\n}`)).has(0);

describe("a loop that sends or stores something elsewhere", () => {
  it.each([
    "mailer.sendMail(item)",
    "s3.putObject(item)",
    "upload(item)",
    "putFileServerSide(item)",
    "this.storage.copy(item)",
    "publish(item)",
    "new ReminderEmail(item).schedule()",
    "for (const other of item) send(other)",
  ])("is slow: %s", async (call) => {
    expect(await isSlow(call)).toBe(true);
  });

  it.each(["list.push(item)", "getFileName(item)", "item.email.toLowerCase()", "prisma.order.update(item)", "resend.length", "sent(item)"])(
    "is not: %s",
    async (call) => {
      expect(await isSlow(call)).toBe(false);
    },
  );
});
