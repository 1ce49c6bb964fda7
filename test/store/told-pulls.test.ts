import { expect, test } from "vitest";
import type { KnownPull } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const at = (second: number) => `2026-01-05T09:00:${String(second).padStart(2, "0")}Z`;

const pull = (number: number, second: number, changed: Partial<KnownPull> = {}): KnownPull => ({
  ...{ installation: 1, repository: 2, number, owner: "acme", name: 'sh"op\\', headSha: `head ${number} ${second}`, headRepository: null },
  ...{ baseRef: "main", open: true, toldAt: at(second), ...changed },
});

const numbers = Array.from({ length: 150 }, (_, index) => index + 1);

describeOnBothEngines("events that come together", (opened) => {
  test("are each kept as if they had come alone, also those of one pull request, in whatever order (R04)", async () => {
    const { pulls } = opened().store;
    const told = numbers.flatMap((number) => [pull(number, 2), pull(number, 3), pull(number, 1)]);
    await Promise.all(told.map((one) => pulls.observe(one)));
    expect(await Promise.all(numbers.map((number) => pulls.get(pull(number, 0))))).toEqual(numbers.map((number) => pull(number, 3)));
  });

  test("take no other with them that cannot be stored", async () => {
    const { pulls } = opened().store;
    const impossible = pull(2 ** 40, 1);
    const settled = await Promise.allSettled([pull(1, 1), impossible, pull(2, 1)].map((one) => pulls.observe(one)));
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await Promise.all([pulls.get(pull(1, 0)), pulls.get(pull(2, 0)), pulls.get(pull(3, 0))])).toEqual([
      pull(1, 1),
      pull(2, 1),
      null,
    ]);
  });

  test("are asked for by several at a time, each with its own answer, the same one too", async () => {
    const { installations } = opened().store;
    const seen = { installation: 1, repository: 2, owner: "acme", name: "shop", defaultBranch: "main", archived: false };
    await installations.observe(seen);
    const keys = [seen, { installation: 1, repository: 3 }, seen, { installation: 2, repository: 2 }];
    expect(await Promise.all(keys.map((key) => installations.repository(key)))).toEqual([seen, null, seen, null]);
  });

  test("tell each pull request's labels and heads apart", async () => {
    const { pulls, nets, overrides, readings } = opened().store;
    const now = new Date(at(0));
    await Promise.all(numbers.map((number) => pulls.observe(pull(number, 1))));
    const told = (number: number) => ({
      ...{
        at: at(1),
        receivedAt: at(2),
        headSha: `head ${number}`,
        draft: false,
        changedFiles: number,
        labels: [{ id: "L", name: '"\\,{}' }],
      },
    });
    await Promise.all(
      numbers.flatMap((number) => [
        readings.tell(pull(number, 1), told(number)),
        nets.touch(pull(number, 1), now, { updatedAt: at(number % 60), labels: [`label ${number}`, '"\\,{}'] }),
        overrides.sight(pull(number, 1), { at: at(1), headSha: `head ${number}`, baseRef: "main" }),
        overrides.sight(pull(number, 1), { at: at(2), headSha: `head ${number}`, baseRef: "main" }),
        overrides.sight(pull(number, 1), { at: at(3), headSha: `head ${number}`, baseRef: "main" }, true),
      ]),
    );
    expect(await Promise.all([7, 99].map((number) => readings.told(pull(number, 1))))).toEqual([told(7), told(99)]);
    const watched = await nets.ofRepository({ installation: 1, repository: 2 }, []);
    expect(watched.map(({ sight }) => sight)).toEqual(
      numbers.map((number) => ({ updatedAt: at(number % 60), labels: [`label ${number}`, '"\\,{}'] })),
    );
    expect((await overrides.sightings(pull(99, 1))).map((sighting) => sighting.at)).toEqual([at(1), at(3)]);
  });
});
