import { renderSimpleCommit } from "../render/commit.mjs";
import { mergeCommit } from "./pulls.mjs";

/** Puts a pull request into the queue: the group's head is the merge of its head into the base branch's tip. */
export function requestGroup(world, repository, pull, sender) {
  const before = repository.branches.get(pull.base.ref);
  const head = repository.objects.commits.get(pull.head.sha);
  const commit = mergeCommit(world, repository, { before, head, message: `Merge pull request #${pull.number}`, by: sender });
  const ref = `gh-readonly-queue/${pull.base.ref}/pr-${pull.number}-${before}`;
  repository.branches.set(ref, commit.sha);
  const group = {
    headSha: commit.sha,
    headRef: `refs/heads/${ref}`,
    baseSha: before,
    baseRef: `refs/heads/${pull.base.ref}`,
    number: pull.number,
  };
  repository.groups.set(commit.sha, group);
  emit(world, repository, group, "checks_requested", sender);
  return group;
}

export function destroyGroup(world, repository, group, reason, sender) {
  repository.groups.delete(group.headSha);
  emit(world, repository, group, "destroyed", sender, { reason });
  repository.branches.delete(group.headRef.replace("refs/heads/", ""));
}

function emit(world, repository, group, action, sender, extra = {}) {
  const headCommit = renderSimpleCommit(repository.objects.commits.get(group.headSha));
  const payload = {
    ...extra,
    merge_group: {
      head_sha: group.headSha,
      head_ref: group.headRef,
      base_sha: group.baseSha,
      base_ref: group.baseRef,
      head_commit: headCommit,
    },
  };
  world.webhooks.emit({ event: "merge_group", action, repository, payload, sender });
}
