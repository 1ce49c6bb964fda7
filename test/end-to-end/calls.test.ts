import { expect, it } from "vitest";
import { artifactsOf, filesOf, PATIENT_MS, type Shop, useHarness } from "./harness.js";

/** Each write that opens the gate is to show what it reads before and after. */
const harness = useHarness({ firstWriteMs: PATIENT_MS, freshMs: 0 });

/** What is asked once more around a write that opens the gate: counted apart, because a quick answer needs the second only. */
const AGAIN: readonly string[] = ["graphql/PullRequestFacts", "pulls/get"];

interface Cost {
  /** As the table of docs/calls.md has it. */
  readonly calls: number;
  readonly again: number;
}

const costOf = ({ calls }: { readonly calls: Readonly<Record<string, number>> }): Cost => {
  const sum = (of: readonly (readonly [string, number])[]): number => of.reduce((total, [, count]) => total + count, 0);
  const all = Object.entries(calls);
  return { calls: sum(all.filter(([name]) => !AGAIN.includes(name))), again: sum(all.filter(([name]) => AGAIN.includes(name))) };
};

const first = (artifacts: ReturnType<typeof artifactsOf>, count: number): ReturnType<typeof artifactsOf> =>
  Object.fromEntries(Object.entries(artifacts).slice(-count));

/** Python alone, so that nothing asks for the repository's tree. */
const source = { "shop/prices.py": "def price(): return 1\n" };

const label = (shop: Shop, number: number, user: string) => shop.label(number, user).then(costOf);

it("each event costs this many API calls, without token creation", async () => {
  const { github, act } = harness;
  const shop = await harness.shop();
  const { repository } = shop;
  const pull = await shop.pull("discounts", source);
  const { number } = pull;
  const cost: Record<string, Cost> = { opened: costOf(pull) };
  const measure = async (event: string, work: () => Promise<{ readonly calls: Readonly<Record<string, number>> }>): Promise<void> => {
    cost[event] = costOf(await work());
  };
  await measure("synchronize", () => shop.push("discounts", { "shop/new.py": "print()\n" }));
  await measure("synchronize, and it changes SQL", () => shop.push("discounts", filesOf("shop/head")));
  await measure("workflow_run without artifacts", () => shop.ci(number, {}));
  await measure("workflow_run with one artifact", () => shop.ci(number, first(artifactsOf("head/run-01"), 1)));
  await measure("workflow_run with two artifacts", () => shop.ci(number, artifactsOf("head/run-02")));
  cost["labeled by a stranger"] = await label(shop, number, "stranger");
  cost["labeled by the team"] = await label(shop, number, "maria");
  await measure("merge group", () => act(() => github.requestMergeGroup({ repository, number, user: "dev" })));
  await measure("unlabeled", () => act(() => github.unlabel({ repository, number, label: "perf-override", user: "dev" })));
  const { id } = (await shop.check(number)) ?? { id: 0 };
  await measure("check_run rerequested", () => act(() => github.rerequestCheckRun({ repository, check_run: id, user: "dev" })));
  await measure("edited: a new title", () => act(() => github.editPull({ repository, number, title: "Discounts", user: "dev" })));
  await measure("push to main", () => shop.push("main", { "CHANGES.md": "1\n" }));
  await measure("merge group on a base that has moved", () => act(() => github.requestMergeGroup({ repository, number, user: "dev" })));
  await measure("workflow_run on main with two artifacts", () => shop.baseline("base/run-12"));
  await measure("closed", () => act(() => github.closePull({ repository, number, user: "dev" })));
  expect(cost).toEqual({
    opened: { calls: 4, again: 0 },
    synchronize: { calls: 4, again: 0 },
    "synchronize, and it changes SQL": { calls: 5, again: 0 },
    "workflow_run without artifacts": { calls: 1, again: 0 },
    "workflow_run with one artifact": { calls: 4, again: 0 },
    "workflow_run with two artifacts": { calls: 5, again: 0 },
    "labeled by a stranger": { calls: 4, again: 0 },
    // Two before, because here nothing that was read is young enough: an override is never judged on what events told.
    "labeled by the team": { calls: 3, again: 3 },
    // The very content that was judged: no commit has to be asked for.
    "merge group": { calls: 1, again: 0 },
    "merge group on a base that has moved": { calls: 2, again: 0 },
    unlabeled: { calls: 3, again: 0 },
    "check_run rerequested": { calls: 0, again: 1 },
    "edited: a new title": { calls: 0, again: 0 },
    "push to main": { calls: 4, again: 0 },
    "workflow_run on main with two artifacts": { calls: 4, again: 0 },
    closed: { calls: 0, again: 0 },
  });
});

it("a push of documentation costs two, with one look after the gate is open and, when the event is old, one before", async () => {
  const shop = await harness.shop();
  const pull = await shop.pull("notes", { "NOTES.md": "1\n" });
  const before = await shop.comment(pull.number);
  const pushed = await shop.push("notes", { "NOTES.md": "2\n" });
  expect([costOf(pull), costOf(pushed)]).toEqual([
    { calls: 4, again: 2 },
    { calls: 2, again: 2 },
  ]);
  expect(pushed.calls).toMatchObject({ "repos/compare-commits-with-basehead": 1, "checks/create": 1 });
  expect(await shop.check(pull.number)).toMatchObject({ state: "success" });
  expect(await shop.comment(pull.number)).toBe(before);
});

it("a pull request's whole life: opened, measured, overridden and queued", async () => {
  const { github, act } = harness;
  const { mark } = await github.mark();
  const shop = await harness.shop();
  const { number } = await shop.pull("discounts", source);
  await shop.ci(number, first(artifactsOf("head/run-01"), 1));
  await shop.label(number, "maria");
  await act(() => github.requestMergeGroup({ repository: shop.repository, number, user: "dev" }));
  const { operations } = await github.count({ since: mark });
  expect(costOf({ calls: operations })).toEqual({ calls: 12, again: 3 });
  expect(operations).toMatchObject({ "checks/create": 2, "issues/create-comment": 1 });
  expect(await shop.mergeable(number)).toBe(true);
});

it("the repository's tarball is asked for by a pull request that changes SQL, and by no other", async () => {
  const shop = await harness.shop();
  const tarballs = async (since: number): Promise<number> =>
    (await harness.github.journal({ since })).filter(({ operation }) => operation === "repos/download-tarball-archive").length;
  const { mark: first } = await harness.github.mark();
  await shop.pull("notes", { "NOTES.md": "1\n" });
  expect(await tarballs(first)).toBe(0);
  const { mark: second } = await harness.github.mark();
  await shop.pull("discounts", filesOf("shop/head"));
  expect(await tarballs(second)).toBe(1);
});
