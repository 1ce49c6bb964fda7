import { paged } from "../http/paging.mjs";
import { notFound, Refusal } from "../http/refusal.mjs";
import { expired, renderArtifact, renderRun } from "../render/workflow-run.mjs";

const needs = ["actions:read"];

function runOf({ repository, params }) {
  const run = repository.runs.get(Number(params.run_id));
  if (!run) throw notFound();
  return run;
}

/** Newest first. `status` may name a status or a conclusion, as on GitHub. */
function listRuns(request) {
  const { world, repository, query } = request;
  const fits = (name, value) => query.get(name) === null || query.get(name) === value;
  const found = [...repository.runs.values()].filter(
    (run) =>
      fits("head_sha", run.headSha) &&
      fits("event", run.event) &&
      fits("branch", run.headBranch) &&
      fits("actor", run.actor.login) &&
      (fits("status", run.status) || fits("status", run.conclusion)),
  );
  const list = found.reverse().map((run) => renderRun(world, repository, run));
  return paged(request, list, (page) => ({ total_count: list.length, workflow_runs: page }));
}

/** All attempts in one listing, newest first: artifacts carry no attempt number. */
function listArtifacts(request) {
  const { world, repository, query } = request;
  const run = runOf(request);
  const name = query.get("name");
  const found = [...repository.artifacts.values()].filter((artifact) => artifact.run === run && (name === null || artifact.name === name));
  const list = found.reverse().map((artifact) => renderArtifact(world, repository, artifact));
  return paged(request, list, (artifacts) => ({ total_count: list.length, artifacts }));
}

/** 302 to the other host, with an address that is good for a minute. */
function download({ world, repository, params }) {
  const artifact = repository.artifacts.get(Number(params.artifact_id));
  if (!artifact || params.archive_format !== "zip") throw notFound();
  if (expired(world, artifact)) throw new Refusal(410, "Artifact has expired");
  return { status: 302, headers: { location: world.blobs.link(artifact) } };
}

export const actionRoutes = [
  {
    id: "actions/get-workflow-run",
    needs,
    handle: (request) => ({ body: renderRun(request.world, request.repository, runOf(request)) }),
  },
  { id: "actions/list-workflow-runs-for-repo", needs, handle: listRuns },
  { id: "actions/list-workflow-run-artifacts", needs, handle: listArtifacts },
  { id: "actions/download-artifact", needs, handle: download },
];
