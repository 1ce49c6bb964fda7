import { notFound } from "../http/refusal.mjs";
import { renderCheckRun } from "../render/checks.mjs";
import { renderComment } from "../render/conversation.mjs";
import { renderPull } from "../render/pull.mjs";
import { headRuns } from "../state/checks.mjs";
import { pullNumbered } from "../state/pulls.mjs";
import { repositoryNamed } from "../state/repositories.mjs";

const deliveryAnswer = ({ app, body, ...delivery }, payloads = true) => ({
  ...delivery,
  payload: body === null || !payloads ? null : JSON.parse(body.toString("utf8")),
});

/** Check runs of a pull request's head, or of a commit, in the order of creation, with annotations and actions. */
function checkRuns(world, { repository: name, number, sha }) {
  const repository = repositoryNamed(world, name);
  const head = sha ?? pullNumbered(repository, number).head.sha;
  return headRuns(repository, head).map((run) => ({
    ...renderCheckRun(world, repository, run),
    annotations: run.annotations,
    actions: run.actions,
  }));
}

function comments(world, { repository: name, number }) {
  const repository = repositoryNamed(world, name);
  const found = [...repository.comments.values()].filter((comment) => comment.number === number);
  return found.map((comment) => renderComment(world, repository, comment));
}

function oracle(world, { repository: name, number, branch, sha }) {
  const repository = repositoryNamed(world, name);
  return sha === undefined
    ? world.oracle.judge(repository, pullNumbered(repository, number))
    : world.oracle.judgeCommit(repository, branch, sha);
}

async function redeliver(world, { guid }) {
  const found = world.webhooks.deliveries.find((delivery) => delivery.guid === guid);
  if (!found) throw notFound();
  const again = world.webhooks.redeliver(found);
  await world.webhooks.settle();
  return deliveryAnswer(again);
}

/** What only looks: no tick, no oracle. */
export const observeCommands = {
  now: (world) => ({ now: world.clock.iso() }),
  mark: (world) => ({ mark: world.journal.mark() }),
  journal: (world, { since }) => world.journal.since(since),
  count: (world, { since, tokens }) => world.journal.count(since, tokens),
  violations: (world) => world.journal.violations(),
  crashes: (world) => world.journal.since().filter((entry) => entry.crash !== undefined),
  blobJournal: (world) => world.blobs.journal,
  oracle,
  oracleLog: (world) => world.oracle.log,
  traffic: ({ webhooks: { deliveries } }) => ({
    total: deliveries.length,
    pending: deliveries.filter(({ status }) => status === "pending").length,
  }),
  deliveries: (world, { payloads }) => world.webhooks.deliveries.map((delivery) => deliveryAnswer(delivery, payloads)),
  redeliver,
  settle: async (world) => {
    await world.webhooks.settle();
    return { mark: world.journal.mark() };
  },
  pull: (world, { repository: name, number }) => {
    const repository = repositoryNamed(world, name);
    return renderPull(world, repository, pullNumbered(repository, number));
  },
  comments,
  checkRuns,
};
