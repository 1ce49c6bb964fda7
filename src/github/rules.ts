import { z } from "zod";
import type { Protection } from "../review/protection.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";

const PAGE = 100;

const checks = z.object({
  type: z.literal("required_status_checks"),
  parameters: z.object({
    required_status_checks: z.array(z.object({ context: z.string(), integration_id: z.number().nullish() })),
  }),
});

const rules = z.array(z.union([checks, z.object({ type: z.string() })]));

/** The status checks that active rulesets of the repository and its organization require on a branch, in one call. @throws GitHubError */
export async function requiredChecks(github: GitHub, repository: RepositoryName, branch: string): Promise<Protection["required"]> {
  const parameters = { ...at(repository), branch, per_page: PAGE };
  const found = await call(github, "GET /repos/{owner}/{repo}/rules/branches/{branch}", parameters, rules);
  return found.flatMap((rule) =>
    "parameters" in rule
      ? rule.parameters.required_status_checks.map(({ context, integration_id: source }) => ({ name: context, source: source ?? null }))
      : [],
  );
}

const runs = z.object({ check_runs: z.array(z.object({ app: z.object({ id: z.number() }).nullable() })) });

/** Who has set a check of this name on a commit: ids of Apps, null for one of no App. One call. @throws GitHubError */
export async function checkSources(
  github: GitHub,
  repository: RepositoryName,
  sha: string,
  name: string,
): Promise<readonly (number | null)[]> {
  const parameters = { ...at(repository), ref: sha, check_name: name, filter: "all", per_page: PAGE };
  const { check_runs: found } = await call(github, "GET /repos/{owner}/{repo}/commits/{ref}/check-runs", parameters, runs);
  return [...new Set(found.map(({ app }) => app?.id ?? null))];
}
