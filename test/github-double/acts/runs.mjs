import { zipSync } from "fflate";
import { renderRun, renderWorkflow } from "../render/workflow-run.mjs";
import { isoSeconds } from "../state/clock.mjs";

const retention = 90 * 24 * 3600 * 1000;

/** Starts a workflow run on a commit. `from` is the head's repository, a fork for a fork's pull request. */
export function startRun(world, repository, { from, sha, branch, name = "CI", path, event = "pull_request", actor }) {
  const workflow = path ?? `.github/workflows/${name.toLowerCase().replace(/\W+/g, "-")}.yml`;
  const earlier = [...repository.runs.values()].filter((run) => run.path === workflow);
  const at = world.clock.iso();
  const run = {
    id: world.sequence.id(),
    suiteId: world.sequence.id(),
    workflowId: earlier[0]?.workflowId ?? world.sequence.id(),
    number: earlier.length + 1,
    attempt: 1,
    name,
    path: workflow,
    event,
    headSha: sha,
    headBranch: branch,
    headRepository: from.id,
    actor,
    triggeringActor: actor,
    ...{ status: "in_progress", conclusion: null, createdAt: at, updatedAt: at, startedAt: at },
  };
  repository.runs.set(run.id, run);
  emit(world, repository, run, "requested", actor);
  return run;
}

/** The same run id, the next attempt. Artifacts of earlier attempts stay in the listing. */
export function rerun(world, repository, run, by) {
  Object.assign(run, {
    attempt: run.attempt + 1,
    status: "in_progress",
    conclusion: null,
    startedAt: world.clock.iso(),
    triggeringActor: by,
  });
  run.updatedAt = run.startedAt;
  emit(world, repository, run, "requested", by);
  return run;
}

/** Uploads artifacts (name → `{zip: base64}` or `{file: content}`) and completes the run. */
export function completeRun(world, repository, run, { conclusion = "success", artifacts = {} }) {
  const made = Object.entries(artifacts).map(([name, content]) => upload(world, repository, run, name, content));
  Object.assign(run, { status: "completed", conclusion, updatedAt: world.clock.iso() });
  emit(world, repository, run, "completed", run.triggeringActor);
  return made;
}

function upload(world, repository, run, name, content) {
  const zip = typeof content.zip === "string" ? Buffer.from(content.zip, "base64") : zipOf(content);
  const expiresAt = isoSeconds(world.clock.now() + retention);
  const artifact = { id: world.sequence.id(), name, run, zip, createdAt: world.clock.iso(), expiresAt };
  repository.artifacts.set(artifact.id, artifact);
  return artifact;
}

const zipOf = (files) =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([path, content]) => [
          path,
          new Uint8Array(typeof content === "string" ? Buffer.from(content) : Buffer.from(content.base64, "base64")),
        ]),
      ),
      { mtime: new Date("1990-01-01T00:00:00Z") },
    ),
  );

function emit(world, repository, run, action, sender) {
  const payload = { workflow_run: renderRun(world, repository, run), workflow: renderWorkflow(world, repository, run) };
  world.webhooks.emit({ event: "workflow_run", action, repository, payload, sender });
}
