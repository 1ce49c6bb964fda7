/** The suite of an app on a commit; there is one for each pair. */
export function suiteFor(world, repository, app, headSha, headBranch) {
  const key = `${app.id}/${headSha}`;
  if (!repository.checkSuites.has(key)) {
    const branch = headBranch ?? [...repository.branches].find(([, sha]) => sha === headSha)?.[0] ?? null;
    repository.checkSuites.set(key, { id: world.sequence.id(), app, headSha, headBranch: branch, createdAt: world.clock.iso() });
  }
  return repository.checkSuites.get(key);
}

/** Keeps a run, by its id and by its commit. */
export function keepRun(repository, run) {
  repository.checkRuns.set(run.id, run);
  if (!repository.runsOfHead.has(run.headSha)) repository.runsOfHead.set(run.headSha, []);
  repository.runsOfHead.get(run.headSha).push(run);
}

/** All runs on a commit in the order of creation. */
export const headRuns = (repository, headSha) => repository.runsOfHead.get(headSha) ?? [];

/** Runs on a commit in the order of creation; `latest` keeps the last one of each name and app. */
export function runsOf(repository, headSha, { name, app, status, filter = "latest" } = {}) {
  const all = headRuns(repository, headSha).filter(
    (run) =>
      (name === undefined || run.name === name) &&
      (app === undefined || run.app.id === app) &&
      (status === undefined || run.status === status),
  );
  if (filter === "all") return all;
  return all.filter((run) => !all.some((later) => later.id > run.id && later.name === run.name && later.app === run.app));
}
