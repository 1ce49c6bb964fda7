/** One line of an App's permissions, as its registration writes it. */
export type Permission = `${string}: ${"read" | "write"}`;

/**
 * Every REST route and GraphQL query that the code sends, and what each needs (GitHub docs: permissions
 * required for GitHub Apps). `call` and `query` accept nothing else, and a test holds app.yml to this table. What the App asks of
 * itself, with its own JWT, needs none.
 */
export const routes = {
  "GET /app": [],
  "GET /app/installations": [],
  "GET /app/hook/deliveries": [],
  "POST /app/hook/deliveries/{delivery_id}/attempts": [],
  "GET /installation/repositories": ["metadata: read"],
  "GET /repos/{owner}/{repo}": ["metadata: read"],
  "GET /repos/{owner}/{repo}/installation": [],
  "GET /repos/{owner}/{repo}/rules/branches/{branch}": ["metadata: read"],
  "GET /repos/{owner}/{repo}/branches/{branch}": ["contents: read"],
  "GET /repos/{owner}/{repo}/commits/{ref}": ["contents: read"],
  "GET /repos/{owner}/{repo}/contents/{path}": ["contents: read"],
  "GET /repos/{owner}/{repo}/compare/{basehead}": ["contents: read"],
  "GET /repos/{owner}/{repo}/tarball/{ref}": ["contents: read"],
  "GET /repos/{owner}/{repo}/pulls": ["pull_requests: read"],
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": ["pull_requests: read"],
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": ["pull_requests: read"],
  "GET /repos/{owner}/{repo}/actions/runs": ["actions: read"],
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts": ["actions: read"],
  "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}": ["actions: read"],
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": ["checks: read"],
  "POST /repos/{owner}/{repo}/check-runs": ["checks: write"],
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": ["checks: write"],
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": ["pull_requests: read"],
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": ["pull_requests: write"],
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": ["pull_requests: read"],
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events": ["pull_requests: read"],
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": ["pull_requests: write"],
  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": ["pull_requests: write"],
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}": ["pull_requests: write"],
  "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": ["members: read"],
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": ["metadata: read"],
  "query PullRequestFacts": ["actions: read", "checks: read", "contents: read", "pull_requests: read"],
  "query PullRequestChange": ["actions: read", "checks: read", "contents: read", "pull_requests: read"],
  "query Blobs": ["contents: read"],
} as const satisfies Record<string, readonly Permission[]>;

/** A route or query that the code may send. */
export type Route = keyof typeof routes;

/** What GitHub asks for before it sends an event; `installation*` events are always sent and cannot be listed. */
export const events = {
  pull_request: "pull_requests: read",
  workflow_run: "actions: read",
  merge_group: "merge_queues: read",
  check_run: "checks: write",
  check_suite: "checks: write",
  push: "contents: read",
  issue_comment: "issues: read",
  repository: "metadata: read",
} as const satisfies Record<string, Permission>;
