import { commentNumbered, createComment, deleteComment, editComment } from "../acts/comments.mjs";
import { addLabel, removeLabel } from "../acts/labels.mjs";
import { destroyGroup, requestGroup } from "../acts/merge-groups.mjs";
import { closePull, editPull, mergePull, openPull, reopenPull, setDraft } from "../acts/pulls.mjs";
import { notFound } from "../http/refusal.mjs";
import { account } from "../state/accounts.mjs";
import { pullNumbered } from "../state/pulls.mjs";
import { repositoryNamed } from "../state/repositories.mjs";

/** Wraps an act on a pull request: resolves `repository`, `number` and `user` (the author when it is not named). */
const onPull = (act) => (world, args) => {
  const repository = repositoryNamed(world, args.repository);
  const pull = pullNumbered(repository, args.number);
  const user = args.user === undefined ? pull.user : account(world, args.user);
  return act(world, repository, pull, user, args) ?? pullAnswer(pull);
};

const pullAnswer = ({ id, number, head, base, state, draft }) => ({
  id,
  number,
  state,
  draft,
  head_sha: head.sha,
  base: base.ref,
  base_sha: base.sha,
});

function open(world, { repository: name, head, base, user, ...rest }) {
  const repository = repositoryNamed(world, name);
  const [owner, branch] = head.includes(":") ? head.split(":") : [repository.owner.login, head];
  const from = owner === repository.owner.login ? repository : forkOf(world, repository, owner);
  const author = account(world, user ?? owner);
  return pullAnswer(openPull(world, repository, { from, branch, base: base ?? repository.defaultBranch, user: author, ...rest }));
}

/** A fork is found by its owner, whatever it is called. */
function forkOf(world, repository, owner) {
  const found = [...world.repositories.values()].find((fork) => fork.fork === repository && fork.owner.login === owner);
  if (!found) throw notFound();
  return found;
}

const onComment = (act) => (world, args) => {
  const repository = repositoryNamed(world, args.repository);
  const comment = commentNumbered(repository, args.comment);
  act(world, repository, comment, account(world, args.user), args);
  return { id: comment.id };
};

export const pullCommands = {
  openPull: open,
  label: onPull((world, repository, pull, user, { label }) => addLabel(world, repository, pull, label, user)),
  unlabel: onPull((world, repository, pull, user, { label }) => removeLabel(world, repository, pull, label, user)),
  editPull: onPull((world, repository, pull, user, args) => editPull(world, repository, pull, args, user)),
  convertToDraft: onPull((world, repository, pull, user) => setDraft(world, repository, pull, true, user)),
  readyForReview: onPull((world, repository, pull, user) => setDraft(world, repository, pull, false, user)),
  closePull: onPull((world, repository, pull, user) => closePull(world, repository, pull, user)),
  reopenPull: onPull((world, repository, pull, user) => reopenPull(world, repository, pull, user)),
  lockPull: onPull((_world, _repository, pull, _user, { locked = true }) => {
    pull.locked = locked;
  }),
  mergePull: onPull((world, repository, pull, user, { admin = false }) => ({
    sha: mergePull(world, repository, pull, { admin }, user).sha,
  })),
  deleteHeadRepository: onPull((_world, _repository, pull) => {
    pull.head.repository = null;
  }),
  requestMergeGroup: onPull((world, repository, pull, user) => {
    const { headSha, headRef, baseSha } = requestGroup(world, repository, pull, user);
    return { head_sha: headSha, head_ref: headRef, base_sha: baseSha };
  }),
  destroyMergeGroup: (world, { repository: name, head_sha: sha, reason = "dequeued", user }) => {
    const repository = repositoryNamed(world, name);
    const group = repository.groups.get(sha);
    if (!group) throw notFound();
    destroyGroup(world, repository, group, reason, account(world, user ?? repository.owner.login));
    return {};
  },
  comment: onPull((world, repository, pull, user, { body }) => ({ id: createComment(world, repository, pull, { body, sender: user }).id })),
  editComment: onComment((world, repository, comment, sender, { body }) => editComment(world, repository, comment, { body, sender })),
  deleteComment: onComment((world, repository, comment, sender) => deleteComment(world, repository, comment, sender)),
};
