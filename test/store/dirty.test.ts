import { expect, test } from "vitest";
import type { Dirty, DirtySet, PullKey } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const key = (number: number): PullKey => ({ installation: 7, repository: 70, number });
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
const soon = at(0);
const later = at(30);
const MINUTE = 60_000;

describeOnBothEngines("the dirty set", (opened) => {
  const claimed = async (dirty: DirtySet, now: Date, worker = "w"): Promise<Dirty> => {
    const found = await dirty.claim(now, worker, MINUTE);
    if (found === null) throw new Error("nothing was due");
    return found;
  };

  test("coalesces marks of one pull request: last reason, earliest time, growing sequence", async () => {
    const { dirty } = opened().store;
    const first = await dirty.mark(key(1), "opened", later);
    const second = await dirty.mark(key(1), "synchronize", soon);
    const third = await dirty.mark(key(1), "labeled", later);
    expect(first < second && second < third).toBe(true);
    expect(await dirty.next()).toEqual(soon);
    expect(await claimed(dirty, soon)).toMatchObject({ key: key(1), sequence: third, reason: "labeled", attempt: 0 });
    expect(await dirty.claim(at(59), "w", MINUTE)).toBeNull();
  });

  test("is due at its time, not earlier", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", later);
    expect(await dirty.claim(new Date(later.getTime() - 1), "w", MINUTE)).toBeNull();
    expect(await dirty.claim(later, "w", MINUTE)).not.toBeNull();
  });

  test("hands out the longest due first", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", at(2));
    await dirty.mark(key(2), "opened", at(1));
    await dirty.mark(key(3), "opened", at(3));
    const order = [await claimed(dirty, at(9)), await claimed(dirty, at(9)), await claimed(dirty, at(9))];
    expect(order.map((found) => found.key.number)).toEqual([2, 1, 3]);
  });

  test("keeps a merge group apart from pull requests", async () => {
    const { dirty } = opened().store;
    const group: PullKey = { ...key(0), group: "abc" };
    await dirty.mark(group, "checks_requested", soon);
    await dirty.mark(key(0), "opened", at(1));
    expect((await claimed(dirty, at(1))).key).toEqual(group);
    expect((await claimed(dirty, at(1))).key).toEqual(key(0));
  });

  test("forgets a mark whose work is finished", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    await dirty.release(await claimed(dirty, soon), "w", null);
    expect(await dirty.next()).toBeNull();
    expect(await dirty.claim(at(59), "w", MINUTE)).toBeNull();
  });

  test("does not lose a mark that was raised while it was worked on", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    const work = await claimed(dirty, soon);
    const sequence = await dirty.mark(key(1), "synchronize", at(5));
    expect(await dirty.claim(at(9), "other", MINUTE)).toBeNull();
    await dirty.release(work, "w", null);
    expect(await dirty.next()).toEqual(at(5));
    expect(await claimed(dirty, at(5))).toMatchObject({ key: key(1), sequence, reason: "synchronize" });
  });

  test("comes again when asked, or earlier when it was marked earlier", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    await dirty.release(await claimed(dirty, soon), "w", later);
    expect(await dirty.next()).toEqual(later);
    const work = await claimed(dirty, later);
    await dirty.mark(key(1), "synchronize", at(31));
    await dirty.release(work, "w", at(45));
    expect(await dirty.next()).toEqual(at(31));
  });

  test("ignores the release of a worker that does not hold it", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    const work = await claimed(dirty, soon, "first");
    await dirty.release(work, "second", null);
    expect(await dirty.claim(soon, "second", MINUTE)).toBeNull();
    await dirty.recover();
    expect((await claimed(dirty, soon, "second")).key).toEqual(key(1));
  });

  test("makes everything claimed due at once after a restart, also what was marked for later meanwhile", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    await dirty.mark(key(2), "opened", soon);
    await claimed(dirty, at(1));
    await claimed(dirty, at(1));
    await dirty.mark(key(2), "deadline", later);
    await dirty.recover();
    expect(await dirty.next()).toEqual(at(1));
    const numbers = [await claimed(dirty, at(1)), await claimed(dirty, at(1))].map((found) => found.key.number);
    expect(numbers.sort()).toEqual([1, 2]);
  });

  test("gives each pull request to one worker at a time, and runs the newest mark of each", async () => {
    const { dirty } = opened().store;
    const newest = new Map<number, number>();
    const ran = new Map<number, number>();
    const running = new Set<number>();
    const raise = async (number: number) => {
      const sequence = await dirty.mark(key(number), "synchronize", soon);
      newest.set(number, Math.max(sequence, newest.get(number) ?? 0));
    };
    const work = async (worker: string) => {
      for (let found = await dirty.claim(soon, worker, MINUTE); found !== null; found = await dirty.claim(soon, worker, MINUTE)) {
        const { number } = found.key;
        expect(running.has(number)).toBe(false);
        running.add(number);
        ran.set(number, found.sequence);
        if (found.sequence % 3 === 0) await raise(number);
        running.delete(number);
        await dirty.release(found, worker, null);
      }
    };
    await Promise.all(Array.from({ length: 60 }, (_, index) => raise(index % 6)));
    await Promise.all(Array.from({ length: 6 }, (_, index) => work(`worker ${index}`)));
    await work("the last one");
    expect(ran).toEqual(newest);
    expect(await dirty.next()).toBeNull();
  });
});
