import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import { pack } from "../../src/store/packed.js";
import type { Store } from "../../src/store/store.js";
import { startPostgres, type TestServer } from "./postgres.js";

const key = { installation: 1, repository: 2, number: 3 };
const stores: Store[] = [];
let server: TestServer;

beforeAll(async () => {
  server = await startPostgres();
  const databaseUrl = await server.createDatabase();
  for (let process = 0; process < 2; process += 1) stores.push(await openStore({ databaseUrl }));
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await server.stop();
});

test("a process hears of what another one marked or took in, once it is committed", async () => {
  const [one, other] = stores;
  let heard = 0;
  const stop = await other?.listen(() => {
    heard += 1;
  });
  await one?.dirty.mark(key, "opened", new Date());
  await expect.poll(() => heard).toBe(1);
  const delivery = { guid: "a", event: "pull_request", action: "opened", installation: 1, repository: 2, pull: 3, body: pack("{}") };
  await one?.inbox.receive({ ...delivery, receivedAt: new Date() }, { key, reason: "opened" });
  await expect.poll(() => heard).toBe(2);
  await stop?.();
  await one?.dirty.mark(key, "synchronize", new Date());
  expect(heard).toBe(2);
});

test("two processes share the marks: each is one's, and a killed one's go to the other when its lease runs out (R01, R03)", async () => {
  const [one, other] = stores;
  const now = new Date(Date.now() + 60_000);
  const marks = Array.from({ length: 40 }, (_, number) => ({ ...key, number: 100 + number }));
  await Promise.all(marks.map((mark, index) => (index % 2 ? one : other)?.dirty.mark(mark, "opened", new Date())));
  const taken: number[] = [];
  const take = async (store: Store | undefined, owner: string): Promise<void> => {
    for (let got = await store?.dirty.claim(now, owner, 60_000); got; got = await store?.dirty.claim(now, owner, 60_000))
      taken.push(got.key.number);
  };
  await Promise.all([take(one, "one/0"), take(one, "one/1"), take(other, "other/0"), take(other, "other/1")]);
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken.length).toBeGreaterThanOrEqual(marks.length);
  const killed = { ...key, number: 200 };
  await one?.dirty.mark(killed, "opened", new Date());
  await one?.dirty.claim(now, "killed", -1);
  expect(await other?.dirty.claim(now, "other/0", 60_000)).toMatchObject({ key: killed, attempt: 1 });
});
