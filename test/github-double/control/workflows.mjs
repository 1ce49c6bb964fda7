import { completeRun, rerun, startRun } from "../acts/runs.mjs";
import { notFound } from "../http/refusal.mjs";
import { account } from "../state/accounts.mjs";
import { pullNumbered } from "../state/pulls.mjs";
import { repositoryNamed } from "../state/repositories.mjs";

function runNumbered(repository, id) {
  const run = repository.runs.get(id);
  if (!run) throw notFound();
  return run;
}

/** The head that a run is for: that of a pull request, or a branch of the repository. */
function headOf(world, repository, { number, branch }) {
  if (number === undefined) {
    const name = branch ?? repository.defaultBranch;
    return { from: repository, branch: name, sha: repository.branches.get(name), event: "push", actor: repository.owner };
  }
  const pull = pullNumbered(repository, number);
  const from = world.repositories.get(pull.head.repository) ?? repository;
  return { from, branch: pull.head.ref, sha: pull.head.sha, event: "pull_request", actor: pull.user };
}

function start(world, args) {
  const repository = repositoryNamed(world, args.repository);
  const { name, path, user, event, sha } = args;
  const head = headOf(world, repository, args);
  const given = Object.entries({ name, path, event, sha, actor: user && account(world, user) }).filter(([, value]) => value !== undefined);
  return startRun(world, repository, { ...head, ...Object.fromEntries(given) });
}

const finish = (world, args, run) => {
  const repository = repositoryNamed(world, args.repository);
  const artifacts = completeRun(world, repository, run, args);
  return { id: run.id, attempt: run.attempt, head_sha: run.headSha, artifacts: artifacts.map(({ id, name }) => ({ id, name })) };
};

export const workflowCommands = {
  startRun: (world, args) => {
    const run = start(world, args);
    return { id: run.id, attempt: run.attempt, head_sha: run.headSha };
  },
  /** Completes a started run, or, without `run`, starts one and completes it. */
  completeRun: (world, args) => {
    const run = args.run === undefined ? start(world, args) : runNumbered(repositoryNamed(world, args.repository), args.run);
    return finish(world, args, run);
  },
  /** The next attempt of a run; it is completed with `completeRun`. */
  rerun: (world, { repository: name, run: id, user }) => {
    const repository = repositoryNamed(world, name);
    const run = runNumbered(repository, id);
    rerun(world, repository, run, account(world, user ?? run.actor.login));
    return { id, attempt: run.attempt, head_sha: run.headSha };
  },
  expireArtifact: (world, { repository: name, artifact: id }) => {
    const artifact = repositoryNamed(world, name).artifacts.get(id);
    if (!artifact) throw notFound();
    artifact.expiresAt = world.clock.iso();
    return {};
  },
};
