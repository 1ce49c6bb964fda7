import { z } from "zod";
import type { Membership } from "../review/override.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";

const membership = z.object({ state: z.enum(["active", "pending"]) });

/**
 * Is this person in the team now? A 404 is `none`: not a member, or a team that the App cannot see. Any
 * other failure is `unknown`, which opens nothing and is asked again.
 */
export async function teamMembership(github: GitHub, organization: string, team: string, login: string): Promise<Membership> {
  const parameters = { org: organization, team_slug: team, username: login };
  try {
    return (await call(github, "GET /orgs/{org}/teams/{team_slug}/memberships/{username}", parameters, membership)).state;
  } catch (error) {
    return failedAs(error, "not-found") ? "none" : "unknown";
  }
}

const collaborator = z.object({ role_name: z.string() });

const permission = z.object({ permission: z.string() });

/**
 * The same question on a repository without an organization, where there are no teams: whoever may
 * maintain or administer it counts. `role_name` is read because `permission` shows maintain as write.
 */
export async function maintainership(github: GitHub, repository: RepositoryName, login: string): Promise<Membership> {
  const parameters = { ...at(repository), username: login };
  try {
    const { role_name: role } = await call(
      github,
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      parameters,
      collaborator,
    );
    return role === "admin" || role === "maintain" ? "active" : "none";
  } catch (error) {
    return failedAs(error, "not-found") ? "none" : "unknown";
  }
}

/**
 * May this person write to the repository now? `permission` is read because it folds roles of the organization's own
 * into GitHub's: maintain shows as write. A 404 is no. @throws GitHubError
 */
export async function mayWrite(github: GitHub, repository: RepositoryName, login: string): Promise<boolean> {
  const parameters = { ...at(repository), username: login };
  try {
    const answer = await call(github, "GET /repos/{owner}/{repo}/collaborators/{username}/permission", parameters, permission);
    return answer.permission === "admin" || answer.permission === "write";
  } catch (error) {
    if (failedAs(error, "not-found")) return false;
    throw error;
  }
}
