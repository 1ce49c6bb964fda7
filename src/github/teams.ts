import { z } from "zod";
import type { Standing } from "../review/override-facts.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";

const membership = z.object({ state: z.enum(["active", "pending"]), url: z.string().nullish() });

const NO_ANSWER: Standing = { membership: "unknown", teamId: null };
const OUTSIDE: Standing = { membership: "none", teamId: null };

/** The team's id stands in the address of the membership: a renamed team keeps it. */
const teamIdIn = (url: string | null | undefined): number | null => {
  const id = /\/teams?\/(\d{1,15})\/memberships\//.exec(url ?? "")?.[1];
  return id === undefined ? null : Number(id);
};

/**
 * Is this person in the team now? A 404 is `none`: not a member, or a team that the App cannot see. Any
 * other failure is `unknown`, which opens nothing and is asked again.
 */
export async function teamMembership(github: GitHub, organization: string, team: string, login: string): Promise<Standing> {
  const parameters = { org: organization, team_slug: team, username: login };
  try {
    const { state, url } = await call(github, "GET /orgs/{org}/teams/{team_slug}/memberships/{username}", parameters, membership);
    return { membership: state, teamId: teamIdIn(url) };
  } catch (error) {
    return failedAs(error, "not-found") ? OUTSIDE : NO_ANSWER;
  }
}

const collaborator = z.object({ role_name: z.string() });

const permission = z.object({ permission: z.string() });

const MAINTAINERS: readonly string[] = ["admin", "maintain"];
const COLLABORATORS: readonly string[] = [...MAINTAINERS, "write", "triage"];

/**
 * The same question on a repository without an organization, where there are no teams: of the people who are listed,
 * who is a collaborator still; without a list, whoever may maintain or administer it. `role_name` is read because
 * `permission` shows maintain as write.
 */
export async function maintainership(
  github: GitHub,
  repository: RepositoryName,
  people: readonly string[],
  login: string,
): Promise<Standing> {
  const listed = people.some((person) => person.toLowerCase() === login.toLowerCase());
  if (people.length > 0 && !listed) return OUTSIDE;
  const parameters = { ...at(repository), username: login };
  try {
    const { role_name: role } = await call(
      github,
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      parameters,
      collaborator,
    );
    const enough = listed ? COLLABORATORS : MAINTAINERS;
    return { membership: enough.includes(role) ? "active" : "none", teamId: null };
  } catch (error) {
    return failedAs(error, "not-found") ? OUTSIDE : NO_ANSWER;
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
