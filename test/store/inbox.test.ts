import { expect, test } from "vitest";
import type { Delivery, PullKey } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const key: PullKey = { installation: 7, repository: 70, number: 1 };
const mark = { key, reason: "pull_request.opened" };
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));

const delivery = (guid: string, minute = 0): Delivery => ({
  guid,
  event: "pull_request",
  action: "opened",
  installation: 7,
  repository: 70,
  pull: 1,
  body: '{"title":"\\u0000 it\'s \\ud800"}',
  receivedAt: at(minute),
});

describeOnBothEngines("the inbox", (opened) => {
  test("gives back undone deliveries as they came, oldest first", async () => {
    const { inbox } = opened().store;
    const stranger: Delivery = { ...delivery("c", 2), action: null, installation: null, repository: null, pull: null };
    await inbox.receive(stranger, null);
    await inbox.receive(delivery("b", 1), mark);
    await inbox.receive(delivery("a", 0), mark);
    expect(await inbox.pending()).toEqual([delivery("a", 0), delivery("b", 1), stranger]);
  });

  test("marks the pull request in the same transaction", async () => {
    const { inbox, dirty } = opened().store;
    expect(await inbox.receive(delivery("a", 3), mark)).toBe("received");
    expect(await dirty.next()).toEqual(at(3));
    expect(await dirty.claim(at(3), "w", 60_000)).toMatchObject({ key, reason: "pull_request.opened" });
  });

  test("stores nothing when the mark cannot be stored", async () => {
    const { inbox } = opened().store;
    const impossible = { key: { ...key, number: 2 ** 40 }, reason: "out of range" };
    await expect(inbox.receive(delivery("a"), impossible)).rejects.toThrow();
    expect(await inbox.pending()).toEqual([]);
  });

  test("gives a delivery that is done no second effect", async () => {
    const { inbox, dirty } = opened().store;
    await inbox.receive(delivery("a"), mark);
    await inbox.done("a");
    const claimed = await dirty.claim(at(1), "w", 60_000);
    await dirty.release(claimed!, "w", null);
    expect(await inbox.receive(delivery("a", 5), mark)).toBe("done");
    expect(await inbox.pending()).toEqual([]);
    expect(await dirty.next()).toBeNull();
  });

  test("keeps one row of a delivery that comes again before it is done", async () => {
    const { inbox } = opened().store;
    await inbox.receive(delivery("a"), mark);
    expect(await inbox.receive(delivery("a"), mark)).toBe("received");
    expect(await inbox.pending()).toHaveLength(1);
  });

  test("takes the same delivery in once when it comes ten times at once", async () => {
    const { inbox } = opened().store;
    const answers = await Promise.all(Array.from({ length: 10 }, () => inbox.receive(delivery("a"), mark)));
    expect(answers).toEqual(Array.from({ length: 10 }, () => "received"));
    expect(await inbox.pending()).toHaveLength(1);
  });

  test("forgets the payload of a delivery that is done", async () => {
    const { store, db } = opened();
    await store.inbox.receive(delivery("a"), null);
    await store.inbox.done("a");
    expect(await db.selectFrom("delivery").select(["guid", "body"]).execute()).toEqual([{ guid: "a", body: "" }]);
  });

  test("parks a delivery as dead at its last permitted failure, and a redelivery revives it", async () => {
    const { inbox } = opened().store;
    await inbox.receive(delivery("a"), null);
    expect(await inbox.failed("a", "first", 2)).toBe(true);
    expect(await inbox.failed("a", "second \0 byte", 2)).toBe(false);
    expect(await inbox.pending()).toEqual([]);
    expect(await inbox.receive(delivery("a"), null)).toBe("received");
    expect(await inbox.failed("a", "third", 2)).toBe(true);
  });

  test("does not count failures of a delivery that is done or unknown", async () => {
    const { inbox } = opened().store;
    await inbox.receive(delivery("a"), null);
    await inbox.done("a");
    expect(await inbox.failed("a", "late", 5)).toBe(false);
    expect(await inbox.failed("never seen", "late", 5)).toBe(false);
    expect(await inbox.receive(delivery("a"), null)).toBe("done");
  });
});
