import { notFound, Refusal, unprocessable } from "../http/refusal.mjs";
import { renderComment, renderIssue } from "../render/conversation.mjs";

const limit = 65_536;

export function commentNumbered(repository, id) {
  const comment = repository.comments.get(Number(id));
  if (!comment) throw notFound();
  return comment;
}

function demandBody(body) {
  if (typeof body !== "string" || body.length === 0) {
    throw unprocessable("Validation Failed", [{ resource: "IssueComment", code: "missing_field", field: "body" }]);
  }
  if (body.length <= limit) return;
  const message = `body is too long (maximum is ${limit} characters)`;
  throw unprocessable("Validation Failed", [
    { resource: "IssueComment", code: "unprocessable", field: "data", message: `Body ${message}` },
  ]);
}

function demandUnlocked(pull) {
  if (pull.locked) throw new Refusal(403, "Unable to create comment because issue is locked.");
}

export function createComment(world, repository, pull, { body, sender, app = null }) {
  demandUnlocked(pull);
  demandBody(body);
  const at = world.clock.iso();
  const comment = { id: world.sequence.id(), number: pull.number, body, user: sender, app, createdAt: at, updatedAt: at };
  repository.comments.set(comment.id, comment);
  emit(world, repository, comment, "created", sender);
  return comment;
}

export function editComment(world, repository, comment, { body, sender }) {
  demandBody(body);
  const changes = { body: { from: comment.body } };
  Object.assign(comment, { body, updatedAt: world.clock.iso() });
  emit(world, repository, comment, "edited", sender, { changes });
  return comment;
}

export function deleteComment(world, repository, comment, sender) {
  repository.comments.delete(comment.id);
  emit(world, repository, comment, "deleted", sender);
}

function emit(world, repository, comment, action, sender, extra = {}) {
  const pull = repository.pulls.get(comment.number);
  const payload = { ...extra, issue: renderIssue(world, repository, pull), comment: renderComment(world, repository, comment) };
  world.webhooks.emit({ event: "issue_comment", action, repository, payload, sender });
}
