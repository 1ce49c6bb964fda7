import { type Failure, failedAs, GitHubError } from "../github/errors.js";
import { findRepository } from "../github/installations.js";
import type { Dirty, KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";

const sentences = {
  suspended: "the installation is suspended: its work is parked until it is unsuspended",
  uninstalled: "the App is not installed there any more: its work is parked",
  archived: "the repository is archived: its work is parked until it is not",
} as const;

type Why = Extract<Failure, { kind: "parked" }>["why"];

async function parkFor(why: Why, known: KnownPull, { store, log, now }: Dependencies): Promise<void> {
  const { installation, repository } = known;
  log.warn({ installation, repository, pull: known.number }, sentences[why]);
  if (why === "archived") return store.installations.park({ installation, repository });
  await store.installations.setState(installation, why === "suspended" ? "suspended" : "removed", sentences[why], now());
  if (why === "uninstalled") await store.installations.park({ installation });
}

/** What a failure came to: nothing is done any more, it is to be tried at once under another name, or neither. */
export type Consequence = "parked" | "renamed" | "none";

/** A name that GitHub does not know, or gives to another repository: renamed, moved or taken from the installation. */
async function lookUp(known: KnownPull, { github, store, log }: Dependencies): Promise<Consequence> {
  const { installation, repository } = known;
  const found = await findRepository(await github(installation), known);
  if (found?.id === repository) {
    const before = await store.installations.observe({ ...found, installation, repository });
    return before !== null && (before.owner !== found.owner || before.name !== found.name) ? "renamed" : "none";
  }
  log.warn(
    { installation, repository },
    "GitHub does not know this repository by its name any more: its work is parked until it is seen again",
  );
  await store.installations.park({ installation, repository });
  return "parked";
}

/** Is this installation's work parked? Marks are let go: whoever brings it back marks what is open. */
export const isParked = async ({ key }: Dirty, { store }: Dependencies): Promise<boolean> =>
  (await store.installations.state(key.installation)) !== "active";

/** Takes a failure that only an event can end for what it is, and says so. */
export async function park(error: unknown, known: KnownPull, dependencies: Dependencies): Promise<Consequence> {
  if (!(error instanceof GitHubError)) return "none";
  if (error.failure.kind !== "parked") return failedAs(error, "not-found") ? lookUp(known, dependencies) : "none";
  await parkFor(error.failure.why, known, dependencies);
  return "parked";
}
