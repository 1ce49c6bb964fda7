import { createCheckRun, demandValidCheckRun, updateCheckRun } from "../acts/checks.mjs";
import { paged } from "../http/paging.mjs";
import { notFound, Refusal, unprocessable } from "../http/refusal.mjs";
import { senderOf } from "../http/sender.mjs";
import { renderAnnotation, renderCheckRun } from "../render/checks.mjs";
import { runsOf } from "../state/checks.mjs";
import { resolve } from "../state/repositories.mjs";

const needs = ["checks:read"];
const writes = ["checks:write"];

function runOf({ repository, params }) {
  const run = repository.checkRuns.get(Number(params.check_run_id));
  if (!run) throw notFound();
  return run;
}

const rendered = ({ world, repository }, run) => renderCheckRun(world, repository, run);

function create(request) {
  const { world, repository, body, caller } = request;
  if (!repository.objects.commits.has(body.head_sha)) throw unprocessable(`No commit found for SHA: ${body.head_sha}`);
  const run = createCheckRun(world, repository, caller.installation.app, body, senderOf(world, caller));
  return { status: 201, body: rendered(request, run) };
}

/** Only the app that made a run may change it. */
function update(request) {
  const { world, repository, body, caller } = request;
  const run = runOf(request);
  if (run.app !== caller.installation.app)
    throw new Refusal(
      403,
      `Invalid app_id \`${caller.installation.app.id}\` - check run can only be modified by the GitHub App that created it.`,
    );
  return { body: rendered(request, updateCheckRun(world, repository, run, body, senderOf(world, caller))) };
}

function listForRef(request) {
  const { repository, params, query } = request;
  const commit = resolve(repository, params.ref);
  if (!commit) throw unprocessable(`No commit found for SHA: ${params.ref}`);
  const runs = runsOf(repository, commit.sha, {
    name: query.get("check_name") ?? undefined,
    app: query.has("app_id") ? Number(query.get("app_id")) : undefined,
    status: query.get("status") ?? undefined,
    filter: query.get("filter") ?? "latest",
  });
  const newestFirst = runs.reverse().map((run) => rendered(request, run));
  return paged(request, newestFirst, (page) => ({ total_count: runs.length, check_runs: page }));
}

function listAnnotations(request) {
  const { world, repository } = request;
  const run = runOf(request);
  return paged(
    request,
    run.annotations.map((annotation) => renderAnnotation(world, repository, run, annotation)),
  );
}

export const checkRoutes = [
  { id: "checks/create", needs: writes, appOnly: true, demand: demandValidCheckRun, handle: create },
  { id: "checks/update", needs: writes, appOnly: true, demand: demandValidCheckRun, handle: update },
  { id: "checks/get", needs, handle: (request) => ({ body: rendered(request, runOf(request)) }) },
  { id: "checks/list-for-ref", needs, handle: listForRef },
  { id: "checks/list-annotations", needs, handle: listAnnotations },
];
