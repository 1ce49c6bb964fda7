import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { dbCallInLoop } from "../../src/rules/queries/db-call-in-loop.js";
import { addedFile, checkFiles, factsIn } from "./source-cases.js";

const loop = (...calls: readonly string[]): string =>
  `for (const item of items) {\n${calls.map((call) => `  await ${call};`).join("\n")}\n}`;

async function found(code: string) {
  return checkFiles(dbCallInLoop, [addedFile(await factsIn("src/a.ts", code))]);
}

describe("calls in loops", () => {
  it("are told once for each loop, with how many there are more", async () => {
    const code = `${loop("db.query(a)", "db.query(b)", "db.query(c)")}\n${loop("db.query(d)")}`;
    const messages = (await found(code)).map(({ message }) => plain(message));
    expect(messages).toHaveLength(2);
    expect(messages[0]).toContain("2 more like it in this loop.");
    expect(messages[1]).not.toContain("more like it");
  });

  it("are told for three loops of a file, with how many there are more", async () => {
    const messages = (await found(Array.from({ length: 5 }, (_, at) => loop(`db.query(a${at})`, "db.query(b)")).join("\n"))).map(
      ({ message }) => plain(message),
    );
    expect(messages).toHaveLength(3);
    expect(messages[2]).toContain("1 more like it in this loop. 4 more like it in this file.");
  });

  it("are a question beside what takes longer", async () => {
    const severities = async (code: string) => (await found(code)).map(({ severity }) => severity);
    expect(await severities(loop("db.query(a)"))).toEqual(["warning"]);
    expect(await severities(loop("db.query(a)", "mailer.sendMail(item)"))).toEqual(["question"]);
  });
});
