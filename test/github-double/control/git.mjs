import { announcePush } from "../acts/pushes.mjs";
import { notFound, unprocessable } from "../http/refusal.mjs";
import { account } from "../state/accounts.mjs";
import { putCommit } from "../state/git.mjs";
import { commitOnBranch, person, repositoryNamed } from "../state/repositories.mjs";

/**
 * Loads a history as it is, without events. Each commit: `{ key?, parents?, files, message?, author?, date?, sha? }`,
 * where a parent is a `key` of this call or a SHA, and without `parents` it is the commit before it. `branches` maps
 * names to keys or SHAs.
 */
function loadCommits(world, { repository: name, commits, branches = {} }) {
  const repository = repositoryNamed(world, name);
  const keys = new Map();
  const shaOf = (reference) => keys.get(reference) ?? reference;
  let previous = null;
  const shas = commits.map((given, index) => {
    const parents = (given.parents ?? (previous ? [previous] : [])).map(shaOf);
    for (const parent of parents) {
      if (!repository.objects.commits.has(parent)) throw unprocessable(`commit ${given.key ?? index}: its parent ${parent} is not known`);
    }
    const commit = putCommit(repository.objects, {
      message: `Commit ${given.key ?? index}`,
      ...given,
      parents,
      author: typeof given.author === "object" ? given.author : person(given.author ?? repository.owner.login),
      date: given.date ?? world.clock.iso(),
    });
    keys.set(given.key ?? `${index}`, commit.sha);
    previous = commit.sha;
    return commit.sha;
  });
  for (const [branch, reference] of Object.entries(branches)) repository.branches.set(branch, shaOf(reference));
  return { shas, commits: Object.fromEntries(keys) };
}

/**
 * A push: commits `files` on a branch (`parent` starts it elsewhere, which is a force-push), or moves it to a known
 * `to`. Emits push, check_suite.requested and pull_request.synchronize.
 */
function push(world, { repository: name, branch, by, to, ...change }) {
  const repository = repositoryNamed(world, name);
  const before = repository.branches.get(branch) ?? null;
  if (to !== undefined) {
    if (!repository.objects.commits.has(to)) throw notFound();
    repository.branches.set(branch, to);
  } else commitOnBranch(world, repository, branch, { author: by, ...change });
  announcePush(world, repository, branch, before, account(world, by ?? repository.owner.login));
  return { sha: repository.branches.get(branch), before };
}

/** Makes a branch at a SHA or at another branch's tip, without events. */
function createBranch(world, { repository: name, branch, from }) {
  const repository = repositoryNamed(world, name);
  const sha = repository.branches.get(from ?? repository.defaultBranch) ?? from;
  if (!repository.objects.commits.has(sha)) throw notFound();
  repository.branches.set(branch, sha);
  return { sha };
}

export const gitCommands = { loadCommits, push, createBranch };
