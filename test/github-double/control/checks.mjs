import { createCheckRun, requestAction, rerequestCheckRun, rerequestSuite } from "../acts/checks.mjs";
import { notFound } from "../http/refusal.mjs";
import { account } from "../state/accounts.mjs";
import { botOf } from "../state/apps.mjs";
import { repositoryNamed } from "../state/repositories.mjs";

const onRun = (act) => (world, args) => {
  const repository = repositoryNamed(world, args.repository);
  const run = repository.checkRuns.get(args.check_run);
  if (!run) throw notFound();
  act(world, repository, run, account(world, args.user ?? repository.owner.login), args);
  return { id: run.id };
};

/** A check run of any registered app, made without the API: another app's, or a forged one. */
function createRun(world, { repository: fullName, app: id, ...body }) {
  const repository = repositoryNamed(world, fullName);
  const app = world.apps.get(id);
  if (!app || !repository.objects.commits.has(body.head_sha)) throw notFound();
  return { id: createCheckRun(world, repository, app, body, botOf(world, app)).id };
}

export const checkCommands = {
  createCheckRun: createRun,
  rerequestCheckRun: onRun((world, repository, run, user) => rerequestCheckRun(world, repository, run, user)),
  requestAction: onRun((world, repository, run, user, { identifier }) => requestAction(world, repository, run, identifier, user)),
  rerequestCheckSuite: onRun((world, repository, run, user) => rerequestSuite(world, repository, run.suite, user)),
};
