// What the demo plays on: an organization with a shop, a perf-team, a protected branch and a year of benchmark runs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Path → content of every file below a folder. */
export function filesOf(folder) {
  const entries = readdirSync(join(here, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(join(here, folder).length + 1), readFileSync(path, "utf8")];
    }),
  );
}

/** One recorded run as the artifacts that a workflow would upload. */
export function artifactsOf(run) {
  const files = filesOf(join("results", run));
  const benchmarks = Object.entries(files).filter(([name]) => name.startsWith("pytest"));
  const load = Object.entries(files).filter(([name]) => name.startsWith("autocannon"));
  return {
    "benchmark-results": Object.fromEntries(benchmarks),
    ...(load.length > 0 && { "redline-load-test": Object.fromEntries(load) }),
  };
}

export const repository = "acme/shop";
export const check = "redline/main";

/** The organization, its team and the rule that nothing is merged into main without our check. */
export async function createWorld(github, app, appId) {
  await github.registerApp({ id: appId, publicKey: app.publicKey, webhook: { url: app.url, secret: app.secret } });
  await github.createRepository({ owner: "acme", name: "shop", organization: true, files: filesOf("shop/base") });
  await github.createTeam({ organization: "acme", slug: "perf-team", members: { maria: "active" } });
  for (const user of ["dev", "maria", "stranger"]) await github.setCollaborator({ repository, user, role: "write" });
  const { id } = await github.install({ app: appId, owner: "acme" });
  await github.setRuleset({ repository, branch: "main", checks: [{ name: check, integration_id: appId }] });
  return id;
}

/** Twelve pushes to main, each with the benchmarks that its workflow ran. */
export async function createHistory(github) {
  for (let run = 1; run <= 12; run += 1) {
    await github.push({ repository, branch: "main", by: "dev", files: { "CHANGES.md": `release ${run}\n` } });
    const artifacts = artifactsOf(`base/run-${String(run).padStart(2, "0")}`);
    await github.completeRun({ repository, branch: "main", event: "push", path: ".github/workflows/performance.yml", artifacts });
  }
}
