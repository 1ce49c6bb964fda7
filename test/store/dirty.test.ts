import { expect, test } from "vitest";
import { pack } from "../../src/store/packed.js";
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

  test("ignores the release of a worker that does not hold it, and says so", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    const work = await claimed(dirty, soon, "first");
    expect(await dirty.release(work, "second", null)).toBe(false);
    expect(await dirty.release({ ...work, fence: work.fence - 1 }, "first", null)).toBe(false);
    expect(await dirty.claim(soon, "second", MINUTE)).toBeNull();
    expect(await dirty.release(work, "first", null)).toBe(true);
    expect(await dirty.next()).toBeNull();
  });

  test("takes back at boot what a process before had, where no other can be alive; elsewhere it leaves the living theirs", async () => {
    const { dirty, shared } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    await dirty.mark(key(2), "opened", soon);
    await claimed(dirty, at(1));
    await claimed(dirty, at(1));
    await dirty.mark(key(2), "deadline", later);
    await dirty.recover();
    expect(await dirty.next()).toEqual(shared ? null : at(1));
    const again = [await dirty.claim(at(1), "w", MINUTE), await dirty.claim(at(1), "w", MINUTE)];
    expect(again.map((found) => found?.attempt)).toEqual(shared ? [undefined, undefined] : [1, 1]);
  });

  test("gives an expired lease to anybody, with a higher fence; the old holder renews, releases and fails nothing (R04, R14)", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    const frozen = (await dirty.claim(soon, "frozen", -1))!;
    const next = await claimed(dirty, soon, "next");
    expect(next.fence).toBeGreaterThan(frozen.fence);
    expect(next.attempt).toBe(1);
    expect([await dirty.renew(frozen, "frozen", MINUTE), await dirty.holds(frozen, "frozen")]).toEqual([false, false]);
    expect(await dirty.release(frozen, "frozen", null)).toBe(false);
    expect(await dirty.fail(frozen, "frozen", { message: "late", attempt: 9, again: null })).toBe(false);
    expect(await dirty.holds(next, "next")).toBe(true);
  });

  test("has one owner whatever the processes' clocks say: leases go by the database's (R13)", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    await claimed(dirty, soon, "right");
    const hours = [-60, 60, 600].map((minutes) => new Date(Date.now() + minutes * 60_000));
    for (const wrong of hours) expect(await dirty.claim(wrong, "an hour ahead, or behind", MINUTE)).toBeNull();
  });

  test("counts failures until the next event, which also brings back what was given up (R15)", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    await dirty.fail(await claimed(dirty, soon), "w", { message: "first", attempt: 1, again: at(1) });
    const second = await claimed(dirty, at(1));
    expect(second).toMatchObject({ attempt: 1, failingSince: expect.any(Date) });
    await dirty.fail(second, "w", { message: "second \0", attempt: 2, again: null });
    expect(await dirty.next()).toBeNull();
    expect(await dirty.claim(later, "w", MINUTE)).toBeNull();
    expect(await dirty.dead()).toMatchObject([{ key: key(1), reason: "opened", message: "second " }]);
    await dirty.mark(key(1), "check_run.rerequested", later);
    expect(await dirty.dead()).toEqual([]);
    expect(await claimed(dirty, later)).toMatchObject({ attempt: 0, failingSince: null, reason: "check_run.rerequested" });
  });

  test("does not give up what was marked while it failed", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), "opened", soon);
    const work = await claimed(dirty, soon);
    await dirty.mark(key(1), "synchronize", at(2));
    await dirty.fail(work, "w", { message: "for good", attempt: 8, again: null });
    expect(await dirty.dead()).toEqual([]);
    expect(await claimed(dirty, at(2))).toMatchObject({ attempt: 0, reason: "synchronize" });
  });

  test("serves installations in turn, whoever has more marks, and passes over those that are excepted or on hold (R16, R17)", async () => {
    const { dirty } = opened().store;
    const of = (installation: number, number: number): PullKey => ({ installation, repository: 70, number });
    for (let number = 1; number <= 20; number += 1) await dirty.mark(of(7, number), "flood", soon);
    for (const quiet of [8, 9]) await dirty.mark(of(quiet, 1), "opened", at(1));
    const order: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) order.push((await claimed(dirty, at(2))).key.installation);
    expect(order).toEqual([7, 8, 9, 7, 7]);
    await dirty.mark(of(8, 2), "opened", at(2));
    expect((await dirty.claim(at(3), "w", MINUTE, [7]))?.key).toEqual(of(8, 2));
    expect(await dirty.claim(at(3), "w", MINUTE, [7])).toBeNull();
    await dirty.hold(7, later);
    await dirty.hold(7, at(20));
    expect(await dirty.claim(at(29), "w", MINUTE)).toBeNull();
    expect(await dirty.next()).toEqual(later);
    expect(await dirty.next([7])).toBeNull();
    expect((await claimed(dirty, later)).key.installation).toBe(7);
  });

  const [harmful, harmless] = ["workflow_run.completed", "issue_comment.command"];

  test("keeps what may close a gate as the reason of a mark until that is done, whatever harmless comes after it (R24)", async () => {
    const { dirty } = opened().store;
    const marked = (...reasons: string[]) =>
      reasons.reduce(async (before, reason) => {
        await before;
        await dirty.mark(key(1), reason, soon);
      }, Promise.resolve());
    await marked(harmless, harmful, harmless);
    const first = await claimed(dirty, soon);
    expect(first.reason).toBe(harmful);
    await marked(harmless);
    await dirty.release(first, "w", null);
    const second = await claimed(dirty, soon);
    expect(second.reason).toBe(harmless);
    await dirty.release(second, "w", soon);
    await marked(harmful, "push", harmless);
    const third = await claimed(dirty, soon);
    expect(third.reason).toBe("push");
    await dirty.release(third, "w", later);
    await marked(harmless);
    expect((await claimed(dirty, soon)).reason).toBe(harmless);
  });

  test("keeps it over a try that failed, and does not trust a harmless reason of one that nobody ended (R24)", async () => {
    const { dirty } = opened().store;
    await dirty.mark(key(1), harmful, soon);
    const tried = await claimed(dirty, soon);
    await dirty.mark(key(1), harmless, soon);
    await dirty.fail(tried, "w", { message: "502", attempt: 1, again: soon });
    await dirty.mark(key(1), harmless, soon);
    const again = await claimed(dirty, soon);
    expect(again.reason).toBe(harmful);
    await dirty.renew(again, "w", -1);
    await dirty.mark(key(1), harmless, soon);
    expect((await claimed(dirty, soon)).reason).not.toBe(harmless);
  });

  test("keeps it of deliveries that are taken in together (R24)", async () => {
    const { dirty, inbox } = opened().store;
    const taken = [harmful, harmless].map((reason) => {
      const delivery = {
        guid: reason,
        event: "any",
        action: null,
        installation: 7,
        repository: 70,
        pull: 1,
        body: pack("{}"),
        receivedAt: soon,
      };
      return inbox.receive(delivery, { key: key(1), reason });
    });
    await Promise.all(taken);
    expect((await claimed(dirty, soon)).reason).toBe(harmful);
  });

  test("hands out open gates, which may have to be closed, before what has waited up to ten minutes longer (R17)", async () => {
    const { dirty, pulls, publications } = opened().store;
    const kept = { checkRunId: 1, checkDigest: "d", annotationsDigest: null, since: soon, runs: null };
    const publish = async (number: number, checkState: string | null, headSha = "head") => {
      const names = { owner: "acme", name: "shop", headSha: "head", headRepository: 70, baseRef: "main", open: true };
      await pulls.observe({ ...key(number), ...names });
      await publications.save(key(number), headSha, "redline/main", { ...kept, checkState });
    };
    await publish(1, "in_progress");
    await publish(2, "failure");
    await publish(3, "success");
    await publish(4, null);
    await publish(5, "success", "an earlier head");
    for (const number of [1, 2, 3, 4, 5]) await dirty.mark(key(number), "push", at(number));
    await dirty.mark(key(6), "opened", new Date(at(3).getTime() - 10 * MINUTE - 1));
    const order: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) order.push((await claimed(dirty, at(9))).key.number);
    expect(order).toEqual([6, 3, 4, 1, 2, 5]);
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
