import { expect, test } from "vitest";
import { createMetrics } from "../../src/main/metrics.js";

const figures = {
  inboxPending: 3,
  inboxAgeMs: 1500,
  dirtyDue: 2,
  dirtyAgeMs: 61_000,
  deadMarks: 1,
  deadDeliveries: 0,
  held: 4,
  bypasses: 6,
};

/** The page's figures by name and labels. */
async function read(metrics: ReturnType<typeof createMetrics>): Promise<ReadonlyMap<string, number>> {
  const { text } = await metrics.page();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
}

test("the page says what waits in the store at the time that it is read, the oldest dirty age among it", async () => {
  let dirtyAgeMs = 61_000;
  const metrics = createMetrics(async () => ({ ...figures, dirtyAgeMs }));
  const first = await read(metrics);
  expect(first.get("redline_inbox_pending")).toBe(3);
  expect(first.get("redline_inbox_oldest_seconds")).toBe(1.5);
  expect(first.get("redline_dirty_oldest_seconds")).toBe(61);
  expect([first.get("redline_dead_marks"), first.get("redline_rate_limit_holds"), first.get("redline_store_up")]).toEqual([1, 4, 1]);
  expect(first.get("redline_bypassed_merges")).toBe(6);
  dirtyAgeMs = 5_000;
  expect((await read(metrics)).get("redline_dirty_oldest_seconds")).toBe(5);
});

test("a store that fails is down, and the page is shown all the same", async () => {
  const metrics = createMetrics(async () => {
    throw new Error("disk full");
  });
  expect((await read(metrics)).get("redline_store_up")).toBe(0);
});

test("answers, requests, reconciles and first checks are counted by what they came to", async () => {
  const metrics = createMetrics(async () => figures);
  metrics.answered(202);
  metrics.answered(401);
  metrics.called("GET /repos/{owner}/{repo}/pulls", 200);
  metrics.called("POST /graphql", 0);
  metrics.reconciled("pull", "done", 250);
  metrics.firstCheck(400);
  const found = await read(metrics);
  expect(found.get('redline_deliveries_total{status="202"}')).toBe(1);
  expect(found.get('redline_github_requests_total{operation="GET /repos/{owner}/{repo}/pulls",status="200"}')).toBe(1);
  expect(found.get('redline_github_requests_total{operation="POST /graphql",status="0"}')).toBe(1);
  expect(found.get('redline_reconcile_seconds_sum{kind="pull",result="done"}')).toBe(0.25);
  expect(found.get("redline_first_check_seconds_count")).toBe(1);
  expect([...found.keys()].some((name) => name.startsWith("process_cpu_"))).toBe(true);
});

test("two servers in one process count apart", async () => {
  const [one, other] = [createMetrics(async () => figures), createMetrics(async () => figures)];
  one.answered(202);
  expect((await read(other)).get('redline_deliveries_total{status="202"}')).toBeUndefined();
});
