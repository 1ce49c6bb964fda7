import { GitHubError } from "../../github/errors.js";
import type { RepositoryKey } from "../../store/store.js";
import type { NetDependencies } from "./dependencies.js";

/** What a failure means for the rest of a look. */
export type Consequence = "next repository" | "next installation";

const SUSPENDED = "GitHub says that the installation is suspended: its work is parked until it is unsuspended";
const REMOVED = "GitHub says that the App is not installed there any more: its work is parked";

/**
 * Takes a failure of one repository's look for what it is. A look ends for an installation that is suspended, gone or at
 * its rate limit, and goes on with the next repository otherwise; the store's own failures are thrown on.
 */
export async function settle(error: unknown, key: RepositoryKey, now: Date, dependencies: NetDependencies): Promise<Consequence> {
  if (!(error instanceof GitHubError)) throw error;
  const { store, log } = dependencies;
  const { failure } = error;
  log.warn({ installation: key.installation, repository: key.repository, reason: error.message }, "a net could not look at a repository");
  if (failure.kind === "rate-limited" || failure.kind === "credentials") return "next installation";
  if (failure.kind === "not-found" || (failure.kind === "parked" && failure.why === "archived")) {
    await store.installations.park({ installation: key.installation, repository: key.repository });
    return "next repository";
  }
  if (failure.kind !== "parked") return "next repository";
  const suspended = failure.why === "suspended";
  await store.installations.setState(key.installation, suspended ? "suspended" : "removed", suspended ? SUSPENDED : REMOVED, now);
  if (!suspended) await store.installations.park({ installation: key.installation });
  return "next installation";
}
