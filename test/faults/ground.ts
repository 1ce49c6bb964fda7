import type { Artifacts, Double } from "../github-double/client.mjs";
import { appId, keys, secret } from "../github-double/stage.js";
import type { Kind, RunOptions } from "./options.js";

const required = "evidence:\n  required: [redline-results]\n";
export const label = "perf-override";
const organizations = ["acme", "blue", "coda"] as const;
export const approver = "maria";

/** The check that a ruleset requires: ours carries the base branch, the plain one has a single name. */
export const checkOn = (kind: Kind, base: string): string => (kind === "redline" ? `redline/${base}` : "performance");

/** Every third repository does not ask for results: there an unmeasured head is open once it has been looked at. */
export const isFree = ({ kind }: { readonly kind: Kind }, repository: string): boolean =>
  kind === "redline" && /-\d*[2580]$/.test(repository);

const configuration = (required: string): string => `endpoints:
  /api/checkout: { latency_p99: 100ms }
${required}on_budget_exceed:
  - block_merge: true
  - require_approval: perf-team
`;

/** A load test's figure, as the workflow uploads it. The budget is 100 ms. */
export function resultsOf(p99: number): Artifacts {
  const result = {
    name: "checkout",
    metric: "latency_p99",
    unit: "ms",
    value: p99,
    endpoint: "GET /api/checkout",
    requests: 5000,
    failed: 0,
  };
  return { "redline-load": { "results.json": JSON.stringify({ redline: 1, results: [result] }) } };
}

async function createRepository(
  github: Double,
  { kind, graceMs }: Pick<RunOptions, "kind" | "graceMs">,
  owner: string,
  name: string,
): Promise<string> {
  const repository = `${owner}/${name}`;
  const files = {
    "README.md": `${name}\n`,
    "shop/app.conf": "a = 1\n",
    ".github/redline.yml": configuration(isFree({ kind }, repository) ? "" : required),
  };
  await github.createRepository({ owner, name, organization: true, files });
  await github.createBranch({ repository, branch: "release" });
  for (const user of ["dev", approver, "stranger"]) await github.setCollaborator({ repository, user, role: "write" });
  for (const branch of ["main", "release"]) {
    await github.setRuleset({ repository, branch, checks: [{ name: checkOn(kind, branch), integration_id: appId }] });
  }
  await github.expectStrictly({ repository, graceMs });
  return repository;
}

/** Organizations with a team, and repositories whose branches require the check. The App is installed before it is told anything. */
export async function prepare(
  github: Double,
  options: Pick<RunOptions, "kind" | "graceMs" | "repositories">,
  port: number,
): Promise<readonly string[]> {
  const { repositories } = options;
  const url = `http://127.0.0.1:${port}/api/github/webhooks`;
  await github.registerApp({ id: appId, publicKey: keys.app.publicKey, webhook: { url, secret } });
  const names: string[] = [];
  for (let index = 0; index < repositories; index += 1) {
    const owner = organizations[index % organizations.length] ?? "acme";
    names.push(await createRepository(github, options, owner, `shop-${index}`));
  }
  for (const organization of organizations.slice(0, repositories)) {
    await github.createTeam({ organization, slug: "perf-team", members: { [approver]: "active", dev: "active" } });
    await github.install({ app: appId, owner: organization });
  }
  return names;
}
