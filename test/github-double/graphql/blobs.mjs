import { mayRead } from "../http/access.mjs";
import { children } from "../state/git.mjs";
import { history } from "../state/history.mjs";
import { resolve } from "../state/repositories.mjs";
import { blobFields } from "./blob.mjs";
import { forbidden, repositoryOf, unresolvedRepository } from "./errors.mjs";

const historyLength = 40;

/** The reply to the query Blobs: `o0`…`oN` for the variables `e0`…`eN`, and the merge base's history. */
export function answerBlobs(request) {
  const { variables, caller } = request;
  const repository = repositoryOf(request);
  if (!repository) return unresolvedRepository(variables);
  if (!mayRead(caller, repository, "contents")) return { data: { repository: null }, errors: [forbidden(["repository", "ancestors"])] };
  return { data: { repository: blobsIn(repository, variables) } };
}

/** The fields of a repository that the variables ask for. */
export function blobsIn(repository, variables) {
  const expressions = Object.entries(variables).filter(([name]) => /^e\d+$/.test(name));
  const objects = expressions.map(([name, expression]) => [`o${name.slice(1)}`, objectAt(repository, expression)]);
  return { ancestors: ancestorsOf(repository, variables.mergeBase), ...Object.fromEntries(objects) };
}

function ancestorsOf(repository, sha) {
  if (!repository.objects.commits.has(sha)) return null;
  const nodes = history(repository.objects, sha, historyLength).map((commit) => ({
    oid: commit.sha,
    parents: { nodes: commit.parents.slice(0, 1).map((oid) => ({ oid })) },
  }));
  return { history: { nodes } };
}

/** `revision:path`. A directory is an object without the fields of a blob; nothing there is null. */
function objectAt(repository, expression) {
  const colon = expression.indexOf(":");
  const commit = resolve(repository, expression.slice(0, colon));
  const path = expression.slice(colon + 1);
  const entry = commit?.tree.get(path);
  if (entry?.type === "blob") return blobFields(repository.objects.blobs.get(entry.sha));
  return commit && children(commit.tree, path).length > 0 ? {} : null;
}
