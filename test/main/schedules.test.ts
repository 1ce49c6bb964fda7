import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../../src/main/log.js";
import { startSchedules } from "../../src/main/schedules.js";

const log = createLog("silent");

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-01-01T00:00:30Z") });
});
afterEach(() => vi.useRealTimers());

test("a job runs at its times, not twice at once, again after it failed, and not after the stop", async () => {
  const started: string[] = [];
  let finish = () => {};
  const work = (now: Date) => {
    started.push(now.toISOString().slice(11, 16));
    if (started.length === 1) return Promise.reject(new Error("no database"));
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  };
  const schedules = startSchedules([{ name: "each five minutes", when: "*/5 * * * *", work }], log);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(started).toEqual(["00:05", "00:10"]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(started).toHaveLength(2);
  finish();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(started).toHaveLength(3);
  schedules.stop();
  finish();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(started).toHaveLength(3);
});
