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

const branchShape = z.object({
  protection: z
    .object({
      required_status_checks: z.object({ checks: z.array(z.object({ context: z.string(), app_id: z.number().nullable() })) }).nullish(),
    })
    .nullish(),
});

/** Classic protection shows its required checks to whoever reads the branch. An App's number below 1 stands for any source. */
async function classicChecks(github: GitHub, repository: RepositoryName, branch: string): Promise<Protection["required"]> {
  const { protection } = await call(github, "GET /repos/{owner}/{repo}/branches/{branch}", { ...at(repository), branch }, branchShape);
  const checks = protection?.required_status_checks?.checks ?? [];
  return checks.map(({ context, app_id: app }) => ({ name: context, source: app !== null && app > 0 ? app : null }));
}

/**
 * The status checks that a merge into a branch waits for: by active rulesets of the repository and its organization, in
 * one call; where these do not ask for `name`, by classic protection as well, in another. @throws GitHubError
 */
export async function requiredChecks(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
  name: string,
): Promise<Protection["required"]> {
  const ruled = await ruledChecks(github, repository, branch);
  return ruled.some((check) => check.name === name) ? ruled : [...ruled, ...(await classicChecks(github, repository, branch))];
}

async function ruledChecks(github: GitHub, repository: RepositoryName, branch: string): Promise<Protection["required"]> {
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
