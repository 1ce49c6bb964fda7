// A performance gate as Probot's documentation teaches to write Apps: each handler does its work when its event arrives.
import { strFromU8, unzipSync } from "fflate";

const marker = "<!-- plain-performance-gate -->";
const check = "performance";
const limitMs = 100;

/** The sticky comment: list, find the marker, update or create. */
async function say(context, number, body) {
  const comments = await context.octokit.rest.issues.listComments(context.repo({ issue_number: number, per_page: 100 }));
  const own = comments.data.find((comment) => comment.body.startsWith(marker));
  const text = `${marker}\n${body}`;
  if (own) await context.octokit.rest.issues.updateComment(context.repo({ comment_id: own.id, body: text }));
  else await context.octokit.rest.issues.createComment(context.repo({ issue_number: number, body: text }));
}

async function conclude(context, sha, conclusion, title) {
  const output = { title, summary: title };
  await context.octokit.rest.checks.create(context.repo({ name: check, head_sha: sha, status: "completed", conclusion, output }));
}

async function started(context) {
  const { number, head } = context.payload.pull_request;
  const title = "Waiting for the load test";
  const output = { title, summary: title };
  await context.octokit.rest.checks.create(context.repo({ name: check, head_sha: head.sha, status: "in_progress", output }));
  await say(context, number, `${title} of \`${head.sha.slice(0, 7)}\``);
}

async function measured(context, run) {
  const { data } = await context.octokit.rest.actions.listWorkflowRunArtifacts(context.repo({ run_id: run.id }));
  const artifact = data.artifacts[0];
  if (!artifact) return null;
  const zip = await context.octokit.rest.actions.downloadArtifact(context.repo({ artifact_id: artifact.id, archive_format: "zip" }));
  const [file] = Object.values(unzipSync(new Uint8Array(zip.data)));
  return JSON.parse(strFromU8(file)).results[0].value;
}

async function completed(context) {
  const run = context.payload.workflow_run;
  const p99 = await measured(context, run);
  if (p99 === null) return;
  const within = p99 <= limitMs;
  const title = within ? `Within the budget: p99 is ${p99} ms` : `Budget exceeded: p99 is ${p99} ms`;
  await conclude(context, run.head_sha, within ? "success" : "failure", title);
  for (const { number } of run.pull_requests) await say(context, number, `${title} at \`${run.head_sha.slice(0, 7)}\``);
}

async function labeled(context) {
  const { label, pull_request: pull, sender } = context.payload;
  if (label.name !== "perf-override") return;
  const title = `Overridden by ${sender.login}`;
  await conclude(context, pull.head.sha, "success", title);
  await say(context, pull.number, `${title} at \`${pull.head.sha.slice(0, 7)}\``);
}

export default (app) => {
  app.on(["pull_request.opened", "pull_request.reopened", "pull_request.synchronize"], started);
  app.on("workflow_run.completed", completed);
  app.on("pull_request.labeled", labeled);
};
