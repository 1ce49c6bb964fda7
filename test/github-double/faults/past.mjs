/** What lists and heads of pull requests show is kept this much longer than the longest staleness, in milliseconds. */
const margin = 1_000;

const copied = (map, copy) => new Map([...map].map(([key, value]) => [key, copy(value)]));

const copyOfPull = (pull) => ({ ...pull, head: { ...pull.head }, base: { ...pull.base }, labels: [...pull.labels] });

/** A repository as it is now; what never changes is shared. Artifacts are not in it: they are there before their run has ended. */
function pictureOf(repository) {
  const checkRuns = copied(repository.checkRuns, (run) => ({ ...run, annotations: [...run.annotations] }));
  return {
    branches: new Map(repository.branches),
    pulls: copied(repository.pulls, copyOfPull),
    comments: copied(repository.comments, (comment) => ({ ...comment })),
    labels: new Map(repository.labels),
    issueEvents: [...repository.issueEvents],
    checkRuns,
    runsOfHead: copied(repository.runsOfHead, (runs) => runs.map(({ id }) => checkRuns.get(id))),
    runs: copied(repository.runs, (run) => ({ ...run })),
  };
}

/** Pictures of repositories after each write, for reads that lag behind. */
export function createPast(world) {
  const pictures = new Map();

  /** The newest picture that is old enough; the oldest there is, when none is. */
  function pictureAt(repository, time) {
    const kept = pictures.get(repository.id) ?? [];
    return (kept.findLast(({ at }) => at <= time) ?? kept[0])?.picture;
  }

  return {
    /** Called after every write; costs nothing while no stale reads are asked for. */
    keep(repository) {
      if (!world.faults.keepsPast) {
        pictures.clear();
        return;
      }
      const kept = pictures.get(repository.id) ?? [];
      kept.push({ at: Date.now(), picture: pictureOf(repository) });
      const needed = Date.now() - world.faults.depth - margin;
      while (kept.length > 1 && kept[1].at < needed) kept.shift();
      pictures.set(repository.id, kept);
    },
    /** The repository as it was `ms` ago: an object of the same kind, to be read only. */
    view(repository, ms) {
      const picture = pictureAt(repository, Date.now() - ms);
      return picture ? { ...repository, ...picture } : repository;
    },
    /** A world in which one repository lags behind. */
    worldWith(view) {
      return Object.assign(Object.create(world), { repositories: new Map([...world.repositories, [view.id, view]]) });
    },
  };
}
