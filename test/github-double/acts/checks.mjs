import { demand } from "../http/refusal.mjs";
import { renderCheckRun, renderCheckSuite } from "../render/checks.mjs";
import { keepRun, suiteFor } from "../state/checks.mjs";

const statuses = ["queued", "in_progress", "completed", "waiting", "requested", "pending"];

/** GitHub's own refusals, which its OpenAPI text knows only in part. */
export function demandValidCheckRun(body) {
  const { output, actions = [] } = body;
  demand(
    body.status !== "completed" || body.conclusion !== undefined,
    "For 'properties/conclusion', conclusion is required when status is completed.",
  );
  demand(actions.length <= 3, `For 'properties/actions', ${JSON.stringify(actions.length)} actions are more than 3.`);
  for (const action of actions) demandValidAction(action);
  if (!output) return;
  demand((output.annotations ?? []).length <= 50, "Only 50 annotations are allowed per request.");
  demand(typeof output.summary === "string", "For 'properties/output', summary wasn't supplied.");
  for (const field of ["summary", "text"]) {
    demand((output[field] ?? "").length <= 65_535, `For 'properties/${field}', ${field} exceeds the maximum of 65535 characters.`);
  }
  for (const annotation of output.annotations ?? []) demandValidAnnotation(annotation);
}

function demandValidAction({ label = "", description = "", identifier = "" }) {
  demand(label.length <= 20, `"${label}" is longer than 20 characters.`);
  demand(description.length <= 40, `"${description}" is longer than 40 characters.`);
  demand(identifier.length <= 20, `"${identifier}" is longer than 20 characters.`);
}

function demandValidAnnotation(annotation) {
  const columns = annotation.start_column !== undefined || annotation.end_column !== undefined;
  demand(!columns || annotation.start_line === annotation.end_line, "Columns are only allowed when start_line and end_line are equal.");
  demand((annotation.title ?? "").length <= 255, "An annotation's title exceeds 255 characters.");
  for (const field of ["message", "raw_details"]) {
    demand(Buffer.byteLength(annotation[field] ?? "") <= 65_536, `An annotation's ${field} exceeds 64 KB.`);
  }
}

/** Creates a run of `app` and tells who listens. Fields as in the REST body. */
export function createCheckRun(world, repository, app, body, sender) {
  const run = {
    id: world.sequence.id(),
    app,
    name: body.name,
    headSha: body.head_sha,
    suite: suiteFor(world, repository, app, body.head_sha),
    status: "queued",
    conclusion: null,
    startedAt: world.clock.iso(),
    completedAt: null,
    externalId: "",
    detailsUrl: null,
    output: {},
    annotations: [],
    actions: [],
  };
  keepRun(repository, run);
  change(world, run, body);
  emitRun(world, repository, run, "created", sender);
  if (run.status === "completed") emitRun(world, repository, run, "completed", sender);
  return run;
}

/** Changes a run; annotations are appended, everything else is replaced. */
export function updateCheckRun(world, repository, run, body, sender) {
  const before = run.status;
  change(world, run, body);
  if (run.status === "completed" && before !== "completed") emitRun(world, repository, run, "completed", sender);
  return run;
}

function change(world, run, body) {
  if (body.name !== undefined) run.name = body.name;
  if (body.details_url !== undefined) run.detailsUrl = body.details_url;
  if (body.external_id !== undefined) run.externalId = body.external_id;
  if (body.started_at !== undefined) run.startedAt = body.started_at;
  if (body.actions !== undefined) run.actions = body.actions;
  changeStatus(world, run, body);
  if (!body.output) return;
  const { annotations = [], ...output } = body.output;
  run.output = { ...run.output, ...output };
  run.annotations.push(...annotations);
}

/** A conclusion completes a run by itself; any other status takes the conclusion back. */
function changeStatus(world, run, { status, conclusion, completed_at: completedAt }) {
  if (conclusion !== undefined && conclusion !== null) {
    Object.assign(run, { status: "completed", conclusion, completedAt: completedAt ?? world.clock.iso() });
    return;
  }
  if (status === undefined) return;
  demand(statuses.includes(status), `"${status}" is not a status.`);
  Object.assign(run, { status, conclusion: null, completedAt: null });
}

/** Creation and completion are heard by every app that reads checks; requests by the run's own app alone. */
function emitRun(world, repository, run, action, sender, extra = {}) {
  const payload = { check_run: runPayload(world, repository, run), ...extra };
  const own = action === "created" || action === "completed" ? {} : { onlyApp: run.app };
  return world.webhooks.emit({ event: "check_run", action, repository, payload, sender, ...own });
}

const runPayload = (world, repository, run) => ({
  ...renderCheckRun(world, repository, run),
  check_suite: renderCheckSuite(world, repository, run.suite),
});

/** Somebody pressed "Re-run" on one check. The run itself does not change: the app decides. */
export const rerequestCheckRun = (world, repository, run, sender) => emitRun(world, repository, run, "rerequested", sender);

export const requestAction = (world, repository, run, identifier, sender) =>
  emitRun(world, repository, run, "requested_action", sender, { requested_action: { identifier } });

export function rerequestSuite(world, repository, suite, sender) {
  const payload = { check_suite: renderCheckSuite(world, repository, suite) };
  return world.webhooks.emit({ event: "check_suite", action: "rerequested", repository, payload, sender, onlyApp: suite.app });
}
