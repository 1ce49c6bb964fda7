import { expect, test } from "vitest";
import { isReady } from "../../src/main/ready.js";
import type { Store } from "../../src/store/store.js";

const now = new Date("2026-01-05T09:00:00Z");

/** A store whose row is written, or not, and whose oldest delivery waits for this long. */
const store = (inboxAgeMs: number, beat: () => Promise<void> = async () => undefined) =>
  ({ nets: { beat, figures: async () => ({ inboxAgeMs }) } }) as unknown as Pick<Store, "nets">;

test("ready is who can write its store and handles what it took in", async () => {
  expect(await isReady(store(0), now)).toBe(true);
  expect(await isReady(store(11 * 60_000), now)).toBe(false);
});

test("a store that cannot be written is not ready, however well it reads (R11)", async () => {
  const full = store(0, async () => {
    throw new Error("disk full");
  });
  expect(await isReady(full, now)).toBe(false);
});

test("nor is one that does not answer", async () => {
  expect(
    await isReady(
      store(0, () => new Promise(() => undefined)),
      now,
      1,
    ),
  ).toBe(false);
});
