import { expect, test } from "vitest";
import { Turns } from "../../../src/store/embedded/turns.js";

test("turns are taken in the order asked, one at a time", async () => {
  const turns = new Turns(10_000);
  const log: string[] = [];
  const work = async (name: string) => {
    const end = await turns.take();
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    end();
  };
  await Promise.all(["a", "b", "c"].map(work));
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("whoever waits too long is refused, and those behind still get their turn", async () => {
  const turns = new Turns(5);
  const end = await turns.take();
  await expect(turns.take()).rejects.toThrow("The database was busy for 5 ms: a transaction does not end.");
  const patient = turns.take();
  end();
  (await patient)();
  (await turns.take())();
});
