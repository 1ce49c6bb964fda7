import { mayRead } from "../http/access.mjs";
import { webUrl } from "../render/repository.mjs";
import { pullFiles } from "../state/pulls.mjs";
import { blobFields } from "./blob.mjs";
import { headCommitOf } from "./check-suites.mjs";
import { actorFields, commitsOf, labelFields, timelineOf } from "./conversation.mjs";
import { forbidden, repositoryOf, unresolvedPull, unresolvedRepository } from "./errors.mjs";

/** The reply to the query PullRequestFacts. */
export function answerFacts(request) {
  const { world, variables, caller } = request;
  const repository = repositoryOf(request);
  if (!repository) return unresolvedRepository(variables);
  if (!mayRead(caller, repository, "pull_requests"))
    return { data: { repository: null }, errors: [forbidden(["repository", "pullRequest"])] };
  const pull = repository.pulls.get(variables.number);
  const errors = [];
  if (!pull) errors.push(unresolvedPull(variables.number));
  const readable = mayRead(caller, repository, "contents");
  if (pull && !readable) errors.push(forbidden(["repository", "pullRequest", "baseRef", "target", "file"]));
  const facts = {
    databaseId: repository.id,
    url: webUrl(world, repository),
    isInOrganization: repository.owner.type === "Organization",
    defaultBranchRef: repository.branches.has(repository.defaultBranch) ? { name: repository.defaultBranch } : null,
    pullRequest: pull ? pullFields(world, repository, pull, readable ? variables : null) : null,
  };
  return { data: { repository: facts }, ...(errors.length > 0 ? { errors } : {}) };
}

function pullFields(world, repository, pull, paths) {
  return {
    number: pull.number,
    state: pull.mergedAt ? "MERGED" : pull.state.toUpperCase(),
    isDraft: pull.draft,
    locked: pull.locked,
    updatedAt: pull.updatedAt,
    changedFiles: pullFiles(repository, pull).length,
    headRefOid: pull.head.sha,
    headRepository: pull.head.repository === null ? null : { databaseId: pull.head.repository },
    baseRefName: pull.base.ref,
    author: actorFields(pull.user),
    labels: { nodes: pull.labels.slice(0, 100).map((key) => labelFields(repository.labels.get(key))) },
    timelineItems: timelineOf(repository, pull),
    commits: commitsOf(world, repository, pull),
    headCommit: headCommitOf(repository, pull),
    baseRef: baseFields(repository, pull.base.ref, paths),
  };
}

function baseFields(repository, ref, paths) {
  const commit = repository.objects.commits.get(repository.branches.get(ref));
  if (!commit) return null;
  const file = (path) => {
    const entry = path === undefined ? undefined : commit.tree.get(path);
    return entry ? { object: fileObject(repository, entry) } : null;
  };
  return { target: { oid: commit.sha, file: file(paths?.configuration), statistics: file(paths?.statistics) } };
}

function fileObject(repository, entry) {
  if (entry.type !== "blob") return null;
  const { text, isBinary, byteSize } = blobFields(repository.objects.blobs.get(entry.sha));
  return { text, isBinary, byteSize };
}
