import { paged } from "../http/paging.mjs";
import { unprocessable } from "../http/refusal.mjs";
import { renderFile } from "../render/commit.mjs";
import { renderPull, renderPullSimple } from "../render/pull.mjs";
import { isAncestor } from "../state/history.mjs";
import { pullFiles, pullNumbered } from "../state/pulls.mjs";
import { resolve } from "../state/repositories.mjs";

const needs = ["pull_requests:read"];
/** GitHub never lists more files than this. */
const fileCap = 3000;

/** Newest first; `head` is `owner:branch`, `base` a branch, `state` open, closed or all. */
function list(request) {
  const { world, repository, query } = request;
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const found = [...repository.pulls.values()].filter(
    (pull) =>
      (state === "all" || pull.state === state) && (!head?.includes(":") || pull.head.label === head) && (!base || pull.base.ref === base),
  );
  const ascending = query.get("direction") === "asc";
  const ordered = ascending ? found : found.reverse();
  return paged(
    request,
    ordered.map((pull) => renderPullSimple(world, repository, pull)),
  );
}

function listFiles(request) {
  const { world, repository, params } = request;
  const pull = pullNumbered(repository, params.pull_number);
  const files = pullFiles(repository, pull).slice(0, fileCap);
  return paged(
    request,
    files.map((file) => renderFile(world, repository, pull.head.sha, file)),
  );
}

/** Pull requests that hold a commit; nothing is found for heads of forks, as on GitHub. */
function listOfCommit(request) {
  const { world, repository, params } = request;
  const commit = resolve(repository, params.commit_sha);
  if (!commit) throw unprocessable(`No commit found for SHA: ${params.commit_sha}`);
  const found = [...repository.pulls.values()].filter((pull) => holdsCommit(repository, pull, commit.sha));
  return paged(
    request,
    found.map((pull) => renderPullSimple(world, repository, pull)),
  );
}

function holdsCommit(repository, pull, sha) {
  if (pull.mergeCommit === sha) return true;
  const { objects } = repository;
  return pull.head.repository === repository.id && isAncestor(objects, sha, pull.head.sha) && !isAncestor(objects, sha, pull.base.sha);
}

export const pullRoutes = [
  { id: "pulls/list", needs, handle: list },
  {
    id: "pulls/get",
    needs,
    handle: ({ world, repository, params }) => ({ body: renderPull(world, repository, pullNumbered(repository, params.pull_number)) }),
  },
  { id: "pulls/list-files", needs, handle: listFiles },
  { id: "repos/list-pull-requests-associated-with-commit", needs, handle: listOfCommit },
];
