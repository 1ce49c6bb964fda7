import { expect, it } from "vitest";
import { artifactsOf, filesOf, useHarness } from "./harness.js";

const harness = useHarness();

it("each event costs this many API calls, without token creation: at most six, and one more for each head that changes SQL", async () => {
  const { github, act } = harness;
  const shop = await harness.shop();
  const { repository } = shop;
  const cost: Record<string, number> = {};
  const measure = async (event: string, work: () => Promise<{ total: number }>): Promise<void> => {
    cost[event] = (await work()).total;
  };
  const pull = await shop.pull("discounts", filesOf("shop/head"));
  const { number } = pull;
  await measure("opened", async () => pull);
  await measure("synchronize", () => shop.push("discounts", { "shop/new.py": "print()\n" }));
  await measure("workflow_run without artifacts", () => shop.ci(number, {}));
  await measure("workflow_run with two artifacts", () => shop.ci(number, artifactsOf("head/run-01")));
  await measure("labeled by a stranger", () => shop.label(number, "stranger"));
  await measure("labeled by the team", () => shop.label(number, "maria"));
  await measure("unlabeled", () => act(() => github.unlabel({ repository, number, label: "perf-override", user: "dev" })));
  const { id } = (await shop.check(number)) ?? { id: 0 };
  await measure("check_run rerequested", () => act(() => github.rerequestCheckRun({ repository, check_run: id, user: "dev" })));
  await measure("edited: a new title", () => act(() => github.editPull({ repository, number, title: "Discounts", user: "dev" })));
  await measure("push to main", () => shop.push("main", { "CHANGES.md": "1\n" }));
  await measure("workflow_run on main with two artifacts", () => shop.baseline("base/run-12"));
  await measure("merge group", () => act(() => github.requestMergeGroup({ repository, number, user: "dev" })));
  await measure("closed", () => act(() => github.closePull({ repository, number, user: "dev" })));
  expect(cost).toEqual({
    opened: 7,
    synchronize: 7,
    "workflow_run without artifacts": 2,
    "workflow_run with two artifacts": 6,
    "labeled by a stranger": 5,
    "labeled by the team": 4,
    unlabeled: 4,
    "check_run rerequested": 1,
    "edited: a new title": 0,
    "push to main": 5,
    "workflow_run on main with two artifacts": 4,
    "merge group": 2,
    closed: 0,
  });
});

it("the repository's tarball is asked for by a pull request that changes SQL, and by no other", async () => {
  const shop = await harness.shop();
  const tarballs = async (since: number): Promise<number> =>
    (await harness.github.journal({ since })).filter(({ operation }) => operation === "repos/download-tarball-archive").length;
  const { mark: first } = await harness.github.mark();
  expect((await shop.pull("notes", { "NOTES.md": "1\n" })).total).toBe(6);
  expect(await tarballs(first)).toBe(0);
  const { mark: second } = await harness.github.mark();
  await shop.pull("discounts", filesOf("shop/head"));
  expect(await tarballs(second)).toBe(1);
});
