import type { WatchedPull } from "../../store/store.js";
import type { NetDependencies } from "./dependencies.js";
import { settle } from "./failures.js";
import { attend, type LookPlace, lookAtPulls, lookAtRuns } from "./repository-look.js";

const DAY_MS = 86_400_000;

const grouped = <T>(items: readonly T[], keyOf: (item: T) => number): readonly (readonly T[])[] => {
  const groups = new Map<number, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
};

async function lookAtRepository(place: LookPlace, pulls: readonly WatchedPull[], dependencies: NetDependencies): Promise<number> {
  const unattended = pulls.filter(({ awaiting, attended }) => awaiting && !attended);
  for (const pull of unattended) await attend(pull, place.now, dependencies);
  const marked = await lookAtPulls(place, dependencies);
  const runs = await lookAtRuns(
    place,
    pulls.filter(({ awaiting }) => awaiting),
    dependencies,
  );
  return unattended.length + marked + runs;
}

async function lookAtInstallation(pulls: readonly WatchedPull[], now: Date, dependencies: NetDependencies): Promise<number> {
  let marked = 0;
  for (const ofRepository of grouped(pulls, ({ repository }) => repository)) {
    const [first] = ofRepository;
    if (first === undefined) continue;
    const { installation, repository, owner, name } = first;
    try {
      const github = await dependencies.github(installation);
      marked += await lookAtRepository({ installation, repository, owner, name, github, now }, ofRepository, dependencies);
    } catch (error) {
      if ((await settle(error, { installation, repository }, now, dependencies)) === "next installation") return marked;
    }
    await dependencies.pause();
  }
  return marked;
}

/**
 * Looks at the repositories with active pull requests: something happened in the last day, a check of ours is in progress,
 * or an override was asked for on the head. One request for each repository, and one for each head that waits for results.
 * Resolves with how many pull requests were marked.
 */
export async function lookAtActive(now: Date, dependencies: NetDependencies): Promise<number> {
  const { nets, installations } = dependencies.store;
  const active = await nets.active(new Date(now.getTime() - DAY_MS));
  let marked = 0;
  for (const pulls of grouped(active, ({ installation }) => installation)) {
    const state = await installations.state(pulls[0]?.installation ?? 0);
    if (state === "active") marked += await lookAtInstallation(pulls, now, dependencies);
  }
  return marked;
}
