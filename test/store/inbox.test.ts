import { sql } from "kysely";
import { expect, test } from "vitest";
import { pack, unpack } from "../../src/store/packed.js";
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
  body: pack('{"title":"\\u0000 it\'s \\ud800"}'),
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

  test("reads those that are named again, and none that is done", async () => {
    const { inbox } = opened().store;
    for (const guid of ["a", "b", "c"]) await inbox.receive(delivery(guid), null);
    await inbox.done("b");
    expect(await inbox.read(["a", "b", "unknown"])).toEqual([delivery("a")]);
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
    expect(await db.selectFrom("delivery").select(["guid", "body", "packed"]).execute()).toEqual([{ guid: "a", body: "", packed: null }]);
  });

  test("gives back each body as it came, in whatever script and however long, of many that came together", async () => {
    const { inbox } = opened().store;
    const texts = ["{}", "größer, 速い 🐢", "x".repeat(1_000_000), Array.from({ length: 20_000 }, (_, index) => index * 7919).join("-")];
    const all = texts.map((title, index) => ({ ...delivery(`${index}`, index), body: pack(JSON.stringify({ title })) }));
    await Promise.all(all.map((one) => inbox.receive(one, null)));
    const pending = await inbox.pending();
    expect(pending).toEqual(all);
    expect(pending.map(({ body }) => JSON.parse(unpack(body)).title)).toEqual(texts);
  });

  test("reads a body that an earlier version stored as it came, and forgets it like any other", async () => {
    const { store, db } = opened();
    const body = '{"title":"größer"}';
    await db
      .insertInto("delivery")
      .values({ ...delivery("before"), body })
      .execute();
    const before = { ...delivery("before"), body: pack(body) };
    expect(await store.inbox.read(["before"])).toEqual([before]);
    expect(await store.inbox.takeOver({ owner: "now", leaseMs: 60_000 }, 9)).toEqual([before]);
    await store.inbox.done("before");
    expect(await db.selectFrom("delivery").select("body").execute()).toEqual([{ body: "" }]);
  });

  test("replaces a body that an earlier version stored when the delivery comes again", async () => {
    const { store, db } = opened();
    await db
      .insertInto("delivery")
      .values({ ...delivery("a"), body: "{}" })
      .execute();
    expect(await store.inbox.receive({ ...delivery("a"), body: pack('{"title":"again"}') }, null)).toBe("received");
    expect((await store.inbox.pending()).map(({ body }) => unpack(body))).toEqual(['{"title":"again"}']);
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

  test("gives what a process died with to another one, when its lease has run out and only once (R01)", async () => {
    const { inbox } = opened().store;
    await inbox.receive(delivery("alive", 0), null, { owner: "first", leaseMs: 60_000 });
    await inbox.receive(delivery("left", 2), null, { owner: "killed", leaseMs: -1 });
    await inbox.receive(delivery("nobody's", 1), null);
    const [one, other] = await Promise.all(["one", "other"].map((owner) => inbox.takeOver({ owner, leaseMs: 60_000 }, 9)));
    expect([...(one ?? []), ...(other ?? [])].map(({ guid }) => guid).sort()).toEqual(["left", "nobody's"]);
    expect(await inbox.takeOver({ owner: "late", leaseMs: 60_000 }, 9)).toEqual([]);
    await inbox.leave("first");
    expect(await inbox.takeOver({ owner: "late", leaseMs: 60_000 }, 9)).toEqual([delivery("alive", 0)]);
  });

  test("keeps what its process renews, and takes the oldest first, not too many", async () => {
    const { inbox } = opened().store;
    for (const minute of [3, 1, 2]) await inbox.receive(delivery(`${minute}`, minute), null, { owner: "first", leaseMs: -1 });
    await inbox.renew({ owner: "first", leaseMs: 60_000 });
    expect(await inbox.takeOver({ owner: "other", leaseMs: 60_000 }, 9)).toEqual([]);
    await inbox.leave("first");
    expect((await inbox.takeOver({ owner: "other", leaseMs: 60_000 }, 2)).map(({ guid }) => guid)).toEqual(["1", "2"]);
  });

  test("writes nothing anew whose lease has more than half of its time left", async () => {
    const { store, db } = opened();
    const lease = { owner: "first", leaseMs: 60_000 };
    await store.inbox.receive(delivery("fresh"), null, lease);
    await store.inbox.receive(delivery("half"), null, { ...lease, leaseMs: 29_000 });
    const versions = () =>
      db
        .selectFrom("delivery")
        .select(["guid", sql<string>`xmin::text`.as("version")])
        .orderBy("guid")
        .execute();
    const [fresh, half] = await versions();
    await store.inbox.renew(lease);
    expect(await versions()).toEqual([fresh, { guid: "half", version: expect.not.stringMatching(`^${half?.version}$`) }]);
  });

  test("takes everything back at boot where no other process can be alive", async () => {
    const { inbox, shared } = opened().store;
    await inbox.receive(delivery("a"), null, { owner: "before", leaseMs: 60_000 });
    await inbox.recover();
    expect(await inbox.takeOver({ owner: "now", leaseMs: 60_000 }, 9)).toHaveLength(shared ? 0 : 1);
  });

  test("knows what of a pull request failed and is not done, and revives what is dead (R15)", async () => {
    const { inbox } = opened().store;
    await inbox.receive(delivery("a"), null);
    await inbox.receive({ ...delivery("b"), pull: 2 }, null);
    expect(await inbox.troubled(key)).toEqual([]);
    await inbox.failed("a", "a bug", 2);
    await inbox.failed("b", "a bug", 1);
    expect(await inbox.troubled(key)).toEqual([{ guid: "a", dead: false }]);
    await inbox.failed("a", "a bug", 2);
    expect(await inbox.troubled(key)).toEqual([{ guid: "a", dead: true }]);
    await inbox.revive(key);
    expect(await inbox.troubled(key)).toEqual([{ guid: "a", dead: false }]);
    expect((await inbox.pending()).map(({ guid }) => guid)).toEqual(["a"]);
    await inbox.done("a");
    expect(await inbox.troubled(key)).toEqual([]);
  });

  test("commits a storm of deliveries of few pull requests whole, one mark each, from two connections at once (R03)", async () => {
    const { inbox, dirty } = opened().store;
    const storm = Array.from({ length: 120 }, (_, index) => ({
      of: { ...delivery(`${index % 100}`, index % 7), pull: 1 + (index % 5) },
      dirty: { key: { ...key, number: 1 + (index % 5) }, reason: `${index}` },
    }));
    await Promise.all(storm.map((one) => inbox.receive(one.of, one.dirty)));
    expect(await inbox.pending()).toHaveLength(100);
    const claimed: number[] = [];
    for (let found = await dirty.claim(at(9), "w", 60_000); found; found = await dirty.claim(at(9), "w", 60_000))
      claimed.push(found.key.number);
    expect(claimed.sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
