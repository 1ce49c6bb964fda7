import { expect, test } from "vitest";
import type { KnownPull } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const at = new Date("2026-01-05T12:00:00Z");
const key = { installation: 7, repository: 70 };
const shop = { ...key, owner: "acme", name: "shop", defaultBranch: "main", archived: false };

const pull = (changes: Partial<KnownPull> = {}): KnownPull => ({
  ...key,
  number: 1,
  owner: "acme",
  name: "shop",
  headSha: "head",
  headRepository: 70,
  baseRef: "main",
  open: true,
  ...changes,
});

describeOnBothEngines("installations", (opened) => {
  test("are active unless they were suspended or removed (R21)", async () => {
    const { installations } = opened().store;
    expect(await installations.state(7)).toBe("active");
    await installations.setState(7, "suspended", "by its owner", at);
    expect([await installations.state(7), await installations.state(8)]).toEqual(["suspended", "active"]);
    await installations.setState(7, "active", "", at);
    expect(await installations.state(7)).toBe("active");
  });

  test("are parked whole or by repository, and no other's pull requests with them (R21, T01)", async () => {
    const { installations, pulls } = opened().store;
    const other = pull({ repository: 71 });
    const foreign = pull({ installation: 8 });
    for (const one of [pull(), other, foreign]) await pulls.observe(one);
    await installations.park(key);
    expect([await pulls.open(7), await pulls.open(8)]).toEqual([[other], [foreign]]);
    await installations.park({ installation: 7 });
    expect([await pulls.open(7), await pulls.open(8)]).toEqual([[], [foreign]]);
  });
});

describeOnBothEngines("repositories", (opened) => {
  test("that are renamed rename what is known of them, in their own installation (R22, T01)", async () => {
    const { installations, pulls } = opened().store;
    await pulls.observe(pull());
    await pulls.observe(pull({ installation: 8 }));
    expect(await installations.observe(shop)).toBeNull();
    expect(await installations.observe({ ...shop, owner: "acme-inc", name: "store" })).toEqual(shop);
    expect(await pulls.open(7)).toEqual([pull({ owner: "acme-inc", name: "store" })]);
    expect(await pulls.open(8)).toEqual([pull({ installation: 8 })]);
    expect(await installations.repository(key)).toEqual({ ...shop, owner: "acme-inc", name: "store" });
    expect(await installations.repository({ ...key, installation: 8 })).toBeNull();
  });
});
