import { nodeId } from "../state/clock.mjs";
import { renderAccount, renderApp } from "./account.mjs";
import { association, labelsOf } from "./pull.mjs";
import { apiUrl, webUrl } from "./repository.mjs";

export function renderComment(world, repository, comment) {
  return {
    url: `${apiUrl(world, repository)}/issues/comments/${comment.id}`,
    html_url: `${webUrl(world, repository)}/pull/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${apiUrl(world, repository)}/issues/${comment.number}`,
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    user: renderAccount(world, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(repository, comment.user.login),
    body: comment.body,
    reactions: reactions(`${apiUrl(world, repository)}/issues/comments/${comment.id}`),
    performed_via_github_app: comment.app ? renderApp(world, comment.app) : null,
  };
}

/** A labeled or unlabeled event: the label has a name and a colour here, never an id. */
export function renderIssueEvent(world, repository, event) {
  return {
    id: event.id,
    node_id: nodeId("LabeledEvent", event.id),
    url: `${apiUrl(world, repository)}/issues/events/${event.id}`,
    actor: renderAccount(world, event.actor),
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: event.createdAt,
    label: { name: event.label.name, color: event.label.color },
    performed_via_github_app: event.app ? renderApp(world, event.app) : null,
  };
}

/** A pull request in the form of an issue, as issue_comment webhooks carry it. */
export function renderIssue(world, repository, pull) {
  const url = `${apiUrl(world, repository)}/issues/${pull.number}`;
  const pulls = `${apiUrl(world, repository)}/pulls/${pull.number}`;
  const web = `${webUrl(world, repository)}/pull/${pull.number}`;
  return {
    url,
    repository_url: apiUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: web,
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    number: pull.number,
    title: pull.title,
    user: renderAccount(world, pull.user),
    labels: labelsOf(world, repository, pull),
    state: pull.state,
    locked: pull.locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: [...repository.comments.values()].filter((comment) => comment.number === pull.number).length,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    author_association: association(repository, pull.user?.login ?? "ghost"),
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: { url: pulls, html_url: web, diff_url: `${web}.diff`, patch_url: `${web}.patch`, merged_at: pull.mergedAt },
    body: pull.body,
    reactions: reactions(url),
    performed_via_github_app: null,
    state_reason: null,
  };
}

const reactions = (url) => ({
  url: `${url}/reactions`,
  total_count: 0,
  "+1": 0,
  "-1": 0,
  laugh: 0,
  hooray: 0,
  confused: 0,
  heart: 0,
  rocket: 0,
  eyes: 0,
});
