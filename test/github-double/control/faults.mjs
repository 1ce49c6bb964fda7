import { pullNumbered } from "../state/pulls.mjs";
import { repositoryNamed } from "../state/repositories.mjs";

/** The pull requests that an act was about: the one it names or made, or those of the branch it pushed to. */
function concerned(repository, { number, branch }) {
  if (number !== undefined) return [pullNumbered(repository, number)];
  return [...repository.pulls.values()].filter(({ state, head }) => state === "open" && head.ref === branch);
}

/** An act's `expect`: the head that it was about may be open from now on, or no longer, which the App is told of by `deliveries`. */
export function expectOf(world, { repository: name, branch, number, expect }, result, deliveries) {
  const repository = repositoryNamed(world, name);
  const told = deliveries.map(({ guid }) => guid);
  for (const { number: one, head, base } of concerned(repository, { branch, number: number ?? result.number })) {
    const sha = result.head_sha ?? result.sha ?? head.sha;
    world.expectations.set(repository, { number: one, head: sha, base: base.ref, open: expect === "open", told });
  }
}

/** What goes wrong, and what may be open: no tick, no webhook. */
export const faultCommands = {
  setFaults: (world, args) => {
    world.faults.set(args);
    for (const repository of world.repositories.values()) world.past.keep(repository);
    return {};
  },
  expectStrictly: (world, { repository, graceMs }) => {
    world.expectations.strict(repositoryNamed(world, repository), { graceMs });
    return {};
  },
  expectOpen: (world, { repository, number, head, base = "main", open = true, told }) => {
    world.expectations.set(repositoryNamed(world, repository), { number, head, base, open, told });
    world.oracle.record("control/expectOpen", repositoryNamed(world, repository));
    return {};
  },
  wrongMoments: (world) => world.expectations.wrong,
};
