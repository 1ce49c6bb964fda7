import { renderCheckSuite } from "../render/checks.mjs";
import { renderPushedCommit } from "../render/commit.mjs";
import { renderPull } from "../render/pull.mjs";
import { webUrl } from "../render/repository.mjs";
import { installationsOf } from "../state/apps.mjs";
import { suiteFor } from "../state/checks.mjs";
import { commitsAhead, isAncestor } from "../state/history.mjs";
import { pullsFrom } from "../state/pulls.mjs";
import { person } from "../state/repositories.mjs";

const zero = "0".repeat(40);

/** Tells the world that a branch moved from `before` (null: new) to its tip: push, check_suite, synchronize. */
export function announcePush(world, repository, branch, before, by) {
  const after = repository.branches.get(branch);
  world.webhooks.emit({ event: "push", repository, payload: pushPayload(world, repository, branch, before, by), sender: by });
  requestSuites(world, repository, branch, by);
  for (const { base, pull } of pullsFrom(world, repository, branch)) synchronize(world, base, pull, before, after, by);
}

function synchronize(world, base, pull, before, after, by) {
  if (before !== null && !isAncestor(base.objects, before, after))
    base.moves.push({ number: pull.number, kind: "HeadRefForcePushedEvent", actor: by, createdAt: world.clock.iso() });
  pull.head.sha = after;
  pull.base.sha = base.branches.get(pull.base.ref) ?? pull.base.sha;
  pull.updatedAt = world.clock.iso();
  const payload = { number: pull.number, before, after, pull_request: renderPull(world, base, pull) };
  world.webhooks.emit({ event: "pull_request", action: "synchronize", repository: base, payload, sender: by });
}

function pushPayload(world, repository, branch, before, by) {
  const { objects } = repository;
  const after = repository.branches.get(branch);
  const from = before ?? objects.commits.get(after).parents[0] ?? null;
  const fresh = from ? commitsAhead(objects, from, after) : [objects.commits.get(after)];
  const commits = fresh.slice(-20).map((commit) => renderPushedCommit(world, repository, commit));
  return {
    ref: `refs/heads/${branch}`,
    before: before ?? zero,
    after,
    base_ref: null,
    pusher: person(by.login),
    created: before === null,
    deleted: false,
    forced: before !== null && !isAncestor(objects, before, after),
    compare: `${webUrl(world, repository)}/compare/${(from ?? zero).slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1) ?? renderPushedCommit(world, repository, objects.commits.get(after)),
  };
}

/** GitHub opens a suite on each pushed commit for every app that may write checks. */
function requestSuites(world, repository, branch, by) {
  for (const { app, permissions } of installationsOf(world, repository)) {
    if (permissions.checks !== "write") continue;
    const suite = suiteFor(world, repository, app, repository.branches.get(branch), branch);
    const payload = { check_suite: renderCheckSuite(world, repository, suite) };
    world.webhooks.emit({ event: "check_suite", action: "requested", repository, payload, sender: by, onlyApp: app });
  }
}
