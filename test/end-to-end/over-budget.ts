import { expect } from "vitest";
import type { Harness } from "./harness.js";
import { loadArtifact } from "./results.js";

export const CONFIGURATION = ".github/redline.yml";

const budgets = (critical: string): string => `
endpoints: { /api/checkout: { latency_p99: 25ms } }
on_budget_exceed: { block_merge: true, require_approval: perf-team }
critical: [${critical}]
`;

/** A repository without SQL, so that nothing is planned. */
export const small = (overrides = "{}", critical = '"prices.py"'): Record<string, string> => ({
  [CONFIGURATION]: `${budgets(critical)}override: ${overrides}\n`,
  "prices.py": "PRICE = 1\n",
});

/** Another head of it that waits for its results. */
export const changed = (price: number): Record<string, string> => ({ "prices.py": `PRICE = ${price}\n` });

/** A pull request whose checkout is over its budget, under these rules of overrides. */
export async function overBudget(
  harness: Harness,
  { overrides = "{}", message = "Discounts", user = "dev", critical = '"prices.py"' } = {},
) {
  const shop = await harness.shop(small(overrides, critical));
  const { repository } = shop;
  await harness.github.push({ repository, branch: "discounts", by: user, files: changed(2), message });
  const { number } = await harness.act(() => harness.github.openPull({ repository, head: "discounts", user }));
  await shop.ci(number, loadArtifact({ p99: 60 }));
  expect(await shop.check(number)).toMatchObject({ state: "failure" });
  expect(await shop.mergeable(number)).toBe(false);
  return { shop, repository, number };
}
