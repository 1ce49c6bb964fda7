import { sql } from "kysely";
import { expect, test } from "vitest";
import type { OverrideRecord } from "../../src/model/override.js";
import { text } from "../../src/model/text.js";
import type { OverrideAsk } from "../../src/store/override-types.js";
import type { PullKey } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const repository = { installation: 7, repository: 70 };
const key: PullKey = { ...repository, number: 1 };
const other: PullKey = { installation: 8, repository: 80, number: 1 };
const at = (second: number): string => `2026-01-05T09:00:0${second}Z`;

const granted: OverrideRecord = {
  ask: "comment:5",
  kind: "command",
  status: "granted",
  by: { id: 5, login: "mona" },
  askedAt: at(1),
  at: "2026-01-05T09:00:02.000Z",
  sha: "head",
  on: "head",
  base: { ref: "main", sha: "base" },
  configuration: "digest",
  team: "perf-team",
  teamId: 3,
  label: null,
  covers: [{ key: "budget", worth: 0.2, text: text`Budget exceeded: ${"GET /\u0000"}` }],
  reason: "a\u0000b",
  expires: null,
  notice: null,
  why: null,
};

describeOnBothEngines("overrides", (opened) => {
  test("the audit keeps every line in order, for its pull request only, and refuses to be changed", async () => {
    const { store, db } = opened();
    const ended: OverrideRecord = { ...granted, status: "void", why: text`a new head was pushed` };
    await store.overrides.append(key, [granted, ended]);
    await store.overrides.append(key, []);
    expect(await store.overrides.audit(key)).toEqual([granted, ended]);
    expect(await store.overrides.audit(other)).toEqual([]);
    await expect(sql`update override_audit set status = 'granted'`.execute(db)).rejects.toThrow("only added to");
  });

  test("sightings are kept where head or base changed, in the order of GitHub's clock", async () => {
    const { overrides } = opened().store;
    const seen = (second: number, headSha: string, baseRef = "main") => ({ at: at(second), headSha, baseRef });
    for (const sighting of [seen(1, "a"), seen(5, "a"), seen(3, "b"), seen(7, "a"), seen(8, "a", "release"), seen(8, "a", "release")])
      await overrides.sight(key, sighting);
    expect(await overrides.sightings(key)).toEqual([seen(1, "a"), seen(3, "b"), seen(7, "a"), seen(8, "a", "release")]);
    expect(await overrides.sightings(other)).toEqual([]);
  });

  test("pushers are found by the commits that they pushed", async () => {
    const { overrides } = opened().store;
    await overrides.recordPusher(repository, "a", 1);
    await overrides.recordPusher(repository, "a", 1);
    await overrides.recordPusher(repository, "b", 2);
    expect(await overrides.pushers(repository, ["a"])).toEqual([1]);
    expect((await overrides.pushers(repository, ["a", "b", "c"])).toSorted()).toEqual([1, 2]);
    expect(await overrides.pushers(repository, [])).toEqual([]);
    expect(await overrides.pushers({ installation: 8, repository: 70 }, ["a"])).toEqual([]);
  });

  test("what was asked for first is kept, and may be withdrawn", async () => {
    const { overrides } = opened().store;
    const ask: OverrideAsk = {
      key: "comment:5",
      kind: "command",
      at: at(1),
      by: { id: 5, login: "mona", type: "User" },
      headSha: null,
      reason: "why",
    };
    await overrides.ask(key, ask);
    await overrides.ask(key, { ...ask, reason: "another" });
    expect(await overrides.asks(key)).toEqual([{ ...ask, withdrawn: false }]);
    await overrides.withdraw(key, "comment:5");
    expect(await overrides.asks(key)).toEqual([{ ...ask, withdrawn: true }]);
    expect(await overrides.asks(other)).toEqual([]);
  });
});
