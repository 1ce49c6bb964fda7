import { nodeId } from "../state/clock.mjs";
import { pullCommits, pullFiles } from "../state/pulls.mjs";
import { roleOf } from "../state/repositories.mjs";
import { renderAccount } from "./account.mjs";
import { apiUrl, renderRepository, webUrl } from "./repository.mjs";

export function renderLabel(world, repository, label) {
  return {
    id: label.id,
    node_id: nodeId("Label", label.id),
    url: `${apiUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export const labelsOf = (world, repository, pull) => pull.labels.map((key) => renderLabel(world, repository, repository.labels.get(key)));

/** OWNER, MEMBER, COLLABORATOR, CONTRIBUTOR or NONE. */
export function association(repository, login) {
  if (repository.owner.login === login) return "OWNER";
  const role = roleOf(repository, login);
  if (role === "none" || role === "read") return "NONE";
  return repository.owner.type === "Organization" ? "MEMBER" : "COLLABORATOR";
}

function side(world, repository, { label, ref, sha }) {
  const owner = repository?.owner ?? null;
  return { label, ref, sha, user: renderAccount(world, owner), repo: repository ? renderRepository(world, repository) : null };
}

function linksOf(world, repository, pull) {
  const url = `${apiUrl(world, repository)}/pulls/${pull.number}`;
  const web = `${webUrl(world, repository)}/pull/${pull.number}`;
  const issue = `${apiUrl(world, repository)}/issues/${pull.number}`;
  return {
    url,
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${apiUrl(world, repository)}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${apiUrl(world, repository)}/statuses/${pull.head.sha}`,
  };
}

function hypermedia(links) {
  const href = (url) => ({ href: url });
  return {
    self: href(links.url),
    html: href(links.html_url),
    issue: href(links.issue_url),
    comments: href(links.comments_url),
    review_comments: href(links.review_comments_url),
    review_comment: href(links.review_comment_url),
    commits: href(links.commits_url),
    statuses: href(links.statuses_url),
  };
}

/** The form of lists. */
export function renderPullSimple(world, repository, pull) {
  const links = linksOf(world, repository, pull);
  const head = pull.head.repository === null ? null : world.repositories.get(pull.head.repository);
  return {
    ...links,
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: renderAccount(world, pull.user),
    body: pull.body,
    labels: labelsOf(world, repository, pull),
    milestone: null,
    active_lock_reason: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: side(world, head, pull.head),
    base: side(world, repository, { ...pull.base, label: `${repository.owner.login}:${pull.base.ref}` }),
    _links: hypermedia(links),
    author_association: association(repository, pull.user?.login ?? "ghost"),
    auto_merge: null,
    draft: pull.draft,
  };
}

/** The form of a single pull request, and of its webhooks. */
export function renderPull(world, repository, pull) {
  const files = pullFiles(repository, pull);
  const total = (field) => files.reduce((sum, file) => sum + file[field], 0);
  const comments = [...repository.comments.values()].filter((comment) => comment.number === pull.number);
  const open = world.oracle.judge(repository, pull);
  return {
    ...renderPullSimple(world, repository, pull),
    merged: pull.mergedAt !== null,
    mergeable: pull.state === "open" ? true : null,
    rebaseable: null,
    mergeable_state: pull.draft ? "draft" : open.mergeable ? "clean" : "blocked",
    merged_by: renderAccount(world, pull.mergedBy),
    comments: comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: pullCommits(repository, pull).length,
    additions: total("additions"),
    deletions: total("deletions"),
    changed_files: files.length,
  };
}

/** What check runs and workflow runs show of a pull request. */
export function renderPullMinimal(world, repository, pull) {
  const head = world.repositories.get(pull.head.repository) ?? repository;
  const repo = (of) => ({ id: of.id, url: apiUrl(world, of), name: of.name });
  return {
    id: pull.id,
    number: pull.number,
    url: `${apiUrl(world, repository)}/pulls/${pull.number}`,
    head: { ref: pull.head.ref, sha: pull.head.sha, repo: repo(head) },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo: repo(repository) },
  };
}
