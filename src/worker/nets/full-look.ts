import type { GitHub } from "../../github/call.js";
import { type Installation, type InstalledRepository, listInstallations, listRepositories } from "../../github/installations.js";
import { findDefaultBranch } from "../../github/repository.js";
import type { RepositoryKey } from "../../store/store.js";
import type { NetDependencies } from "./dependencies.js";
import { settle } from "./failures.js";
import { lookAtProtection } from "./protection-look.js";
import { reasons } from "./reasons.js";
import { type LookPlace, lookAtPulls, lookAtRuns } from "./repository-look.js";

const DAY_MS = 86_400_000;

/** GitHub calls a run that was in progress for 14 days stale, which closes nothing: it is made anew before (GitHub docs: about checks). */
const AGED_MS = 13 * DAY_MS;

/** Attempts of deliveries and read runs are remembered this long. */
const MEMORY_MS = 30 * DAY_MS;

/** The check is announced on a default branch that we did not know: it can be required only after it ran there. */
async function announce(
  key: RepositoryKey,
  seen: InstalledRepository,
  github: GitHub,
  now: Date,
  { store }: NetDependencies,
): Promise<void> {
  const branch = await findDefaultBranch(github, seen);
  if (branch === null) return;
  const group = `installation:${branch.ref}`;
  const names = { owner: seen.owner, name: seen.name };
  await store.pulls.observe({
    ...key,
    ...names,
    number: 0,
    group,
    headSha: branch.sha,
    headRepository: seen.id,
    baseRef: branch.ref,
    open: true,
  });
  await store.dirty.mark({ ...key, number: 0, group }, "net.announce", now);
}

const isRecent = ({ updatedAt }: { readonly updatedAt: string }, now: Date): boolean => Date.parse(updatedAt) > now.getTime() - DAY_MS;

async function lookAtRepository(place: LookPlace, seen: InstalledRepository, dependencies: NetDependencies): Promise<number> {
  const { nets, installations } = dependencies.store;
  const { owner, name, defaultBranch, archived } = seen;
  const before = await installations.observe({
    installation: place.installation,
    repository: seen.id,
    owner,
    name,
    defaultBranch,
    archived,
  });
  if (archived) {
    await installations.park({ installation: place.installation, repository: seen.id });
    return 0;
  }
  if (before?.defaultBranch !== defaultBranch) await announce(place, seen, place.github, place.now, dependencies);
  const marked = await lookAtPulls(place, dependencies);
  const open = await nets.ofRepository(place, []);
  await lookAtProtection(place, open, dependencies);
  const recent = open.filter((pull) => pull.awaiting || pull.sight === null || isRecent(pull.sight, place.now));
  return marked + (await lookAtRuns(place, recent, dependencies));
}

/** What is known of repositories that the installation does not cover any more. */
async function parkOthers(installation: number, covered: ReadonlySet<number>, { store, log }: NetDependencies): Promise<void> {
  const open = await store.pulls.open(installation);
  const others = new Set(open.map(({ repository }) => repository).filter((id) => !covered.has(id)));
  for (const repository of others) {
    log.warn({ installation, repository }, "the installation does not cover this repository any more: its work is parked");
    await store.installations.park({ installation, repository });
  }
}

/** Looks at every repository of one installation. @throws GitHubError when its repositories cannot be listed */
export async function lookAtInstallation(installation: number, now: Date, dependencies: NetDependencies): Promise<number> {
  const github = await dependencies.github(installation);
  const { items, complete } = await listRepositories(github);
  let marked = 0;
  for (const seen of items) {
    const key = { installation, repository: seen.id };
    try {
      marked += await lookAtRepository({ ...key, owner: seen.owner, name: seen.name, github, now }, seen, dependencies);
    } catch (error) {
      if ((await settle(error, key, now, dependencies)) === "next installation") return marked;
    }
    await dependencies.pause();
  }
  if (complete) await parkOthers(installation, new Set(items.map(({ id }) => id)), dependencies);
  return marked;
}

/** A failed list of repositories ends the look at this installation only. */
async function tryInstallation({ id, suspended }: Installation, now: Date, dependencies: NetDependencies): Promise<number> {
  const { installations } = dependencies.store;
  const state = suspended ? "suspended" : "active";
  await installations.setState(id, state, suspended ? "it is suspended" : "", now);
  if (suspended) return 0;
  try {
    return await lookAtInstallation(id, now, dependencies);
  } catch (error) {
    await settle(error, { installation: id, repository: 0 }, now, dependencies);
    return 0;
  }
}

/** Installations that GitHub does not list any more: their `deleted` event did not come. */
async function parkRemoved(listed: readonly Installation[], now: Date, { store, log }: NetDependencies): Promise<void> {
  const ids = new Set(listed.map(({ id }) => id));
  const known = new Set((await store.pulls.open(null)).map(({ installation }) => installation));
  for (const installation of [...known].filter((id) => !ids.has(id))) {
    log.warn({ installation }, "the App is not installed there any more: its work is parked");
    await store.installations.setState(installation, "removed", "GitHub does not list it", now);
    await store.installations.park({ installation });
  }
}

async function renewAged(now: Date, { store, wake }: NetDependencies): Promise<number> {
  const aged = await store.nets.agedChecks(new Date(now.getTime() - AGED_MS));
  for (const check of aged) {
    await store.nets.forgetCheck(check);
    await store.dirty.mark(check.key, reasons.aged, now);
  }
  if (aged.length > 0) wake();
  return aged.length;
}

/**
 * Looks at every repository of every installation, as the App's own API lists them: one request for 100 open pull requests,
 * and none beyond it where nothing changed. Checks that get too old are made anew. Resolves with how many pull requests were marked.
 */
export async function lookAtAll(now: Date, dependencies: NetDependencies): Promise<number> {
  const { items, complete } = await listInstallations(await dependencies.app());
  let marked = await renewAged(now, dependencies);
  for (const installation of items) marked += await tryInstallation(installation, now, dependencies);
  if (complete) await parkRemoved(items, now, dependencies);
  await dependencies.store.nets.forget(new Date(now.getTime() - MEMORY_MS));
  return marked;
}
