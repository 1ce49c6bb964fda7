import { z } from "zod";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";
import { type Listed, list } from "./paging.js";

/** 10,000 each: above that the rest is left to events. */
const PAGES = 100;

export interface Installation {
  readonly id: number;
  readonly suspended: boolean;
}

export interface InstalledRepository extends RepositoryName {
  readonly id: number;
  readonly defaultBranch: string;
  /** Read-only: GitHub takes no check there. */
  readonly archived: boolean;
}

const installations = z.array(
  z
    .object({ id: z.number(), suspended_at: z.string().nullish() })
    .transform(({ id, suspended_at: at }): Installation => ({ id, suspended: at != null })),
);

const repository = z
  .object({
    id: z.number(),
    name: z.string(),
    owner: z.object({ login: z.string() }),
    default_branch: z.string(),
    archived: z.boolean().default(false),
  })
  .transform(
    ({ id, name, owner, default_branch: defaultBranch, archived }): InstalledRepository => ({
      id,
      owner: owner.login,
      name,
      defaultBranch,
      archived,
    }),
  );

const repositories = z.object({ repositories: z.array(repository) }).transform((answer) => answer.repositories);

/** Every account that the App is installed in. @param app a client with the App's own JWT. @throws GitHubError */
export const listInstallations = (app: GitHub): Promise<Listed<Installation>> =>
  list(app, "GET /app/installations", {}, installations, PAGES);

/** The repositories that an installation covers. @throws GitHubError */
export const listRepositories = (github: GitHub): Promise<Listed<InstalledRepository>> =>
  list(github, "GET /installation/repositories", {}, repositories, PAGES);

/** The repository that has this name now, following renames; null when the installation reaches none. @throws GitHubError */
export async function findRepository(github: GitHub, name: RepositoryName): Promise<InstalledRepository | null> {
  try {
    return await call(github, "GET /repos/{owner}/{repo}", at(name), repository);
  } catch (error) {
    if (failedAs(error, "not-found")) return null;
    throw error;
  }
}
