import { Refusal, unprocessable } from "../http/refusal.mjs";
import { renderPull } from "../render/pull.mjs";
import { entriesChanged, putCommit } from "../state/git.mjs";
import { mergeBase } from "../state/history.mjs";
import { person } from "../state/repositories.mjs";
import { announcePush } from "./pushes.mjs";

function emit(world, repository, pull, action, sender, extra = {}) {
  pull.updatedAt = world.clock.iso();
  const payload = { number: pull.number, ...extra, pull_request: renderPull(world, repository, pull) };
  return world.webhooks.emit({ event: "pull_request", action, repository, payload, sender });
}

/** Opens a pull request from a branch of `from` (the repository itself or a fork). */
export function openPull(world, repository, { from, branch, base, title, body, user, draft }) {
  const sha = from.branches.get(branch);
  const baseSha = repository.branches.get(base);
  if (!sha || !baseSha)
    throw unprocessable("Validation Failed", [{ resource: "PullRequest", field: sha ? "base" : "head", code: "invalid" }]);
  const number = ++repository.lastNumber;
  const pull = {
    id: world.sequence.id(),
    number,
    state: "open",
    draft: draft ?? false,
    locked: false,
    title: title ?? branch,
    body: body ?? null,
    user,
    labels: [],
    head: { repository: from.id, ref: branch, sha, label: `${from.owner.login}:${branch}` },
    base: { ref: base, sha: baseSha },
    createdAt: world.clock.iso(),
    updatedAt: world.clock.iso(),
    closedAt: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
  };
  repository.pulls.set(number, pull);
  emit(world, repository, pull, "opened", user);
  return pull;
}

/** Changes title, body or base; a new base is announced with what it was. */
export function editPull(world, repository, pull, { base, title, body }, sender) {
  const changes = {};
  if (title !== undefined) changes.title = { from: pull.title };
  if (body !== undefined) changes.body = { from: pull.body ?? "" };
  if (base !== undefined) changes.base = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } };
  Object.assign(pull, { title: title ?? pull.title, body: body ?? pull.body });
  if (base !== undefined) {
    pull.base = { ref: base, sha: repository.branches.get(base) };
    repository.moves.push({ number: pull.number, kind: "BaseRefChangedEvent", actor: sender, createdAt: world.clock.iso() });
  }
  emit(world, repository, pull, "edited", sender, { changes });
}

export function setDraft(world, repository, pull, draft, sender) {
  pull.draft = draft;
  emit(world, repository, pull, draft ? "converted_to_draft" : "ready_for_review", sender);
}

export function closePull(world, repository, pull, sender) {
  Object.assign(pull, { state: "closed", closedAt: world.clock.iso() });
  emit(world, repository, pull, "closed", sender);
}

export function reopenPull(world, repository, pull, sender) {
  Object.assign(pull, { state: "open", closedAt: null });
  emit(world, repository, pull, "reopened", sender);
}

/** Merges with a merge commit. Refused with 405 while the oracle says closed, unless an admin bypasses the rules. */
export function mergePull(world, repository, pull, { admin }, sender) {
  const { mergeable, reasons } = world.oracle.judge(repository, pull);
  if (pull.state !== "open" || (!mergeable && !admin)) throw new Refusal(405, `Repository rule violations found: ${reasons.join("; ")}`);
  const before = repository.branches.get(pull.base.ref);
  const head = repository.objects.commits.get(pull.head.sha);
  const commit = mergeCommit(world, repository, { before, head, message: `Merge pull request #${pull.number}`, by: sender });
  repository.branches.set(pull.base.ref, commit.sha);
  const at = world.clock.iso();
  pull.base.sha = before;
  Object.assign(pull, { state: "closed", closedAt: at, mergedAt: at, mergedBy: sender, mergeCommit: commit.sha });
  emit(world, repository, pull, "closed", sender);
  announcePush(world, repository, pull.base.ref, before, sender);
  return commit;
}

/** A commit with both parents; where both sides changed a file, the head's version wins. */
export function mergeCommit(world, repository, { before, head, message, by }) {
  const { objects } = repository;
  const files = entriesChanged(objects, mergeBase(objects, before, head.sha), head.sha);
  return putCommit(objects, { parents: [before, head.sha], files, message, author: person(by.login), date: world.clock.iso() });
}
