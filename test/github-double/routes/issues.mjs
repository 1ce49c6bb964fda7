import { commentNumbered, createComment, deleteComment, editComment } from "../acts/comments.mjs";
import { addLabel, removeLabel } from "../acts/labels.mjs";
import { paged } from "../http/paging.mjs";
import { Refusal } from "../http/refusal.mjs";
import { appOf, senderOf } from "../http/sender.mjs";
import { renderComment, renderIssueEvent } from "../render/conversation.mjs";
import { labelsOf } from "../render/pull.mjs";
import { pullNumbered } from "../state/pulls.mjs";

// On pull requests either permission suffices.
const reads = ["pull_requests:read", "issues:read"];
const writes = ["pull_requests:write", "issues:write"];

const pullOf = ({ repository, params }) => pullNumbered(repository, params.issue_number);
const commentOf = ({ repository, params }) => commentNumbered(repository, params.comment_id);

function listComments(request) {
  const { world, repository, query } = request;
  const pull = pullOf(request);
  const since = Date.parse(query.get("since") ?? "1970-01-01T00:00:00Z");
  const found = [...repository.comments.values()].filter(
    ({ number, updatedAt }) => number === pull.number && Date.parse(updatedAt) >= since,
  );
  return paged(
    request,
    found.map((comment) => renderComment(world, repository, comment)),
  );
}

function create(request) {
  const { world, repository, body, caller } = request;
  const act = { body: body.body, sender: senderOf(world, caller), app: appOf(caller) };
  return { status: 201, body: renderComment(world, repository, createComment(world, repository, pullOf(request), act)) };
}

/** An app changes its own comments; those of others need more than this token has. */
function ownComment(request) {
  const comment = commentOf(request);
  if (appOf(request.caller) === comment.app) return comment;
  throw new Refusal(403, "Resource not accessible by integration");
}

function update(request) {
  const { world, repository, body, caller } = request;
  const comment = editComment(world, repository, ownComment(request), { body: body.body, sender: senderOf(world, caller) });
  return { body: renderComment(world, repository, comment) };
}

function remove(request) {
  deleteComment(request.world, request.repository, ownComment(request), senderOf(request.world, request.caller));
  return { status: 204 };
}

const labels = (request) => ({ body: labelsOf(request.world, request.repository, pullOf(request)) });

/** Labels come as `{labels: [...]}` or as a bare list, of names or of objects with a name. */
function addLabels(request) {
  const { world, repository, body, caller } = request;
  const list = Array.isArray(body) ? body : (body.labels ?? []);
  for (const item of list) addLabel(world, repository, pullOf(request), item.name ?? item, senderOf(world, caller), appOf(caller));
  return labels(request);
}

function takeLabel(request) {
  const { world, repository, params, caller } = request;
  try {
    removeLabel(world, repository, pullOf(request), params.name, senderOf(world, caller), appOf(caller));
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(404, "Label does not exist") : error;
  }
  return labels(request);
}

function listEvents(request) {
  const { world, repository } = request;
  const { number } = pullOf(request);
  const found = repository.issueEvents.filter((event) => event.number === number);
  return paged(
    request,
    found.map((event) => renderIssueEvent(world, repository, event)),
  );
}

export const issueRoutes = [
  { id: "issues/list-comments", needs: reads, handle: listComments },
  { id: "issues/create-comment", needs: writes, handle: create },
  {
    id: "issues/get-comment",
    needs: reads,
    handle: (request) => ({ body: renderComment(request.world, request.repository, commentOf(request)) }),
  },
  { id: "issues/update-comment", needs: writes, handle: update },
  { id: "issues/delete-comment", needs: writes, handle: remove },
  { id: "issues/list-labels-on-issue", needs: reads, handle: labels },
  { id: "issues/add-labels", needs: writes, handle: addLabels },
  { id: "issues/remove-label", needs: writes, handle: takeLabel },
  { id: "issues/list-events", needs: reads, handle: listEvents },
];
