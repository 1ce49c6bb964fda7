import { expect, test } from "vitest";
import { Pace } from "../../src/events/pace.js";

/** Those come so far apart, in milliseconds; how long the last one is put off. */
function afterSome(count: number, apart: number, waited = 0): number {
  const pace = new Pace();
  const times = Array.from({ length: count }, (_, index) => 1_000 + index * apart);
  for (const time of times) pace.came(time);
  const now = times.at(-1) ?? 0;
  return pace.waitMs(now, now - waited);
}

test("what comes alone, or a few at a time, is dispatched at once", () => {
  expect(afterSome(1, 0)).toBe(0);
  expect(afterSome(7, 0)).toBe(0);
  expect(afterSome(100, 20)).toBe(0);
});

test("what comes in a stream is gathered", () => {
  expect(afterSome(8, 0)).toBe(100);
  expect(afterSome(100, 5)).toBe(100);
});

test("a stream that has ended holds nothing up", () => {
  const pace = new Pace();
  for (let index = 0; index < 50; index += 1) pace.came(index);
  expect([pace.waitMs(100, 40), pace.waitMs(160, 40)]).toEqual([100, 0]);
});

test("what has waited for fifteen seconds gives way no longer", () => {
  expect([afterSome(100, 1, 14_999), afterSome(100, 1, 15_000)]).toEqual([100, 0]);
});
