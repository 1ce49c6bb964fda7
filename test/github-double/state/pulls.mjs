import { notFound } from "../http/refusal.mjs";
import { changedFiles } from "./diff.mjs";
import { remember } from "./git.mjs";
import { commitsAhead, mergeBase } from "./history.mjs";

export function pullNumbered(repository, number) {
  const pull = repository.pulls.get(Number(number));
  if (!pull) throw notFound();
  return pull;
}

/** Where the head left the base branch: as it is now while the pull request is open, as it was when it was closed. */
export function pullMergeBase(repository, pull) {
  const tip = pull.state === "open" ? (repository.branches.get(pull.base.ref) ?? pull.base.sha) : pull.base.sha;
  return mergeBase(repository.objects, tip, pull.head.sha);
}

/** Files between merge base and head, with patches. */
export function pullFiles(repository, pull) {
  return filesBetween(repository, pullMergeBase(repository, pull), pull.head.sha);
}

export function filesBetween(repository, from, to) {
  const { objects } = repository;
  const tree = (sha) => objects.commits.get(sha)?.tree ?? new Map();
  return remember(objects, `files ${from} ${to}`, () => changedFiles(objects, tree(from), tree(to)));
}

export const pullCommits = (repository, pull) => commitsAhead(repository.objects, pull.base.sha, pull.head.sha);

/** Open pull requests of any repository whose head is this branch of this repository. */
export const pullsFrom = (world, repository, branch) =>
  [...world.repositories.values()].flatMap((base) =>
    [...base.pulls.values()]
      .filter((pull) => pull.state === "open" && pull.head.repository === repository.id && pull.head.ref === branch)
      .map((pull) => ({ base, pull })),
  );
