import { headRuns } from "../state/checks.mjs";
import { nodeId } from "../state/clock.mjs";
import { renderApp } from "./account.mjs";
import { renderSimpleCommit } from "./commit.mjs";
import { renderPullMinimal } from "./pull.mjs";
import { apiUrl, renderMinimalRepository, webUrl } from "./repository.mjs";

/** Open pull requests with this head in this repository; forks' heads are not matched, as on GitHub. */
export function pullsOfHead(world, repository, sha) {
  return [...repository.pulls.values()]
    .filter((pull) => pull.state === "open" && pull.head.sha === sha && pull.head.repository === repository.id)
    .map((pull) => renderPullMinimal(world, repository, pull));
}

export function renderCheckRun(world, repository, run) {
  const url = `${apiUrl(world, repository)}/check-runs/${run.id}`;
  const web = `${webUrl(world, repository)}/runs/${run.id}`;
  const { title = null, summary = null, text = null } = run.output;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CheckRun", run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: web,
    details_url: run.detailsUrl ?? web,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { title, summary, text, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suite.id },
    app: renderApp(world, run.app),
    pull_requests: pullsOfHead(world, repository, run.headSha),
  };
}

export function renderAnnotation(world, repository, run, annotation) {
  return {
    path: annotation.path,
    blob_href: `${webUrl(world, repository)}/blob/${run.headSha}/${annotation.path}`,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  };
}

/** The form of a check_suite webhook. */
export function renderCheckSuite(world, repository, suite) {
  const commit = repository.objects.commits.get(suite.headSha);
  const runs = headRuns(repository, suite.headSha).filter((run) => run.suite === suite);
  const url = `${apiUrl(world, repository)}/check-suites/${suite.id}`;
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: runs.length === 0 ? "queued" : runs.every((run) => run.status === "completed") ? "completed" : "in_progress",
    conclusion: runs.length > 0 && runs.every((run) => run.status === "completed") ? runs.at(-1).conclusion : null,
    url,
    before: commit.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: pullsOfHead(world, repository, suite.headSha),
    app: renderApp(world, suite.app),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
    head_commit: renderSimpleCommit(commit),
    repository: renderMinimalRepository(world, repository),
  };
}
