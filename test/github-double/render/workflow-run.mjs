import { createHash } from "node:crypto";
import { nodeId } from "../state/clock.mjs";
import { renderAccount } from "./account.mjs";
import { pullsOfHead } from "./checks.mjs";
import { renderSimpleCommit } from "./commit.mjs";
import { apiUrl, renderMinimalRepository, webUrl } from "./repository.mjs";

export function renderRun(world, repository, run) {
  const url = `${apiUrl(world, repository)}/actions/runs/${run.id}`;
  const suite = `${apiUrl(world, repository)}/check-suites/${run.suiteId}`;
  const head = world.repositories.get(run.headRepository) ?? repository;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("WorkflowRun", run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: repository.objects.commits.get(run.headSha).message.split("\n")[0],
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    check_suite_id: run.suiteId,
    check_suite_node_id: nodeId("CheckSuite", run.suiteId),
    url,
    html_url: `${webUrl(world, repository)}/actions/runs/${run.id}`,
    pull_requests: head === repository ? pullsOfHead(world, repository, run.headSha) : [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor: renderAccount(world, run.actor),
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: run.startedAt,
    triggering_actor: renderAccount(world, run.triggeringActor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: suite,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${apiUrl(world, repository)}/actions/workflows/${run.workflowId}`,
    head_commit: renderSimpleCommit(repository.objects.commits.get(run.headSha)),
    repository: renderMinimalRepository(world, repository),
    head_repository: renderMinimalRepository(world, head),
  };
}

/** The workflow beside its run in the webhook. */
export function renderWorkflow(world, repository, run) {
  const web = webUrl(world, repository);
  return {
    id: run.workflowId,
    node_id: nodeId("Workflow", run.workflowId),
    name: run.name,
    path: run.path,
    state: "active",
    created_at: run.createdAt,
    updated_at: run.createdAt,
    url: `${apiUrl(world, repository)}/actions/workflows/${run.workflowId}`,
    html_url: `${web}/blob/${repository.defaultBranch}/${run.path}`,
    badge_url: `${web}/workflows/${encodeURIComponent(run.name)}/badge.svg`,
  };
}

export function renderArtifact(world, repository, artifact) {
  const url = `${apiUrl(world, repository)}/actions/artifacts/${artifact.id}`;
  const { run } = artifact;
  return {
    id: artifact.id,
    node_id: nodeId("Artifact", artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: expired(world, artifact),
    digest: artifact.digest === null ? null : `sha256:${createHash("sha256").update(artifact.zip).digest("hex")}`,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: run.headRepository,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}

export const expired = (world, artifact) => Date.parse(artifact.expiresAt) <= world.clock.now();
