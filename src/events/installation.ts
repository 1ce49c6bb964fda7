import { z } from "zod";
import type { GitHub } from "../github/call.js";
import { findDefaultBranch } from "../github/repository.js";
import { type EventDependencies, type EventHandler, isPull, keyOf, mark, observeAndMark } from "./handler.js";
import { groupKey, installation } from "./payloads.js";

const repositories = z.array(z.object({ id: z.number(), name: z.string() }));

const shared = z.object({ installation: installation.extend({ account: z.object({ login: z.string() }) }), action: z.string() });

const installed = shared.extend({ repositories: repositories.default([]) });
const changed = shared.extend({ repositories_added: repositories.default([]), repositories_removed: repositories.default([]) });

type Installed = z.infer<typeof shared>;
type Repository = z.infer<typeof repositories>[number];

/** The check is published once on each default branch, because GitHub lets a check be required only after it ran there. */
async function publishCheck(
  { installation: { id, account }, action }: Installed,
  list: readonly Repository[],
  dependencies: EventDependencies,
  github: GitHub,
): Promise<void> {
  for (const repository of list) {
    const names = { owner: account.login, name: repository.name };
    const branch = await findDefaultBranch(github, names);
    if (branch === null) continue;
    const key = groupKey({ installation: id, repository: repository.id }, `installation:${branch.ref}`);
    const pull = { ...key, ...names, headSha: branch.sha, headRepository: repository.id, baseRef: branch.ref, open: true };
    await observeAndMark(dependencies, pull, `installation.${action}`);
  }
}

/** Why nothing is done there for now; the log says it, and so does `doctor`. */
const parked = {
  suspend: ["suspended", "the installation was suspended: its work is parked until it is unsuspended"],
  deleted: ["removed", "the App was uninstalled: its work is parked"],
} as const;

async function park(id: number, action: keyof typeof parked, { store, log, now }: EventDependencies): Promise<void> {
  const [state, message] = parked[action];
  log?.warn({ installation: id }, message);
  await store.installations.setState(id, state, message, now());
  if (state === "removed") await store.installations.park({ installation: id });
}

/** Whatever was open before is judged anew: nothing was heard of it meanwhile. */
async function resume({ installation: { id }, action }: Installed, dependencies: EventDependencies): Promise<void> {
  const { store, log, now } = dependencies;
  const open = (await store.pulls.open(id)).filter(isPull);
  log?.info({ installation: id, action, pulls: open.length }, "the installation is active");
  await store.installations.setState(id, "active", "", now());
  for (const pull of open) await mark(dependencies, keyOf(pull), `installation.${action}`);
  dependencies.returned?.(id);
}

/** The App was installed, is heard again, or is not any more. */
export const installationEvent: EventHandler = {
  event: "installation",
  on: [
    "installation.created",
    "installation.unsuspend",
    "installation.new_permissions_accepted",
    "installation.suspend",
    "installation.deleted",
  ],
  async handle(raw, dependencies, github) {
    const payload = installed.parse(raw);
    const { action } = payload;
    if (action === "suspend" || action === "deleted") return park(payload.installation.id, action, dependencies);
    await resume(payload, dependencies);
    await publishCheck(payload, payload.repositories, dependencies, github);
  },
};

/** The App was given further repositories, or lost some. */
export const installationRepositoriesEvent: EventHandler = {
  event: "installation_repositories",
  on: ["installation_repositories.added", "installation_repositories.removed"],
  async handle(raw, dependencies, github) {
    const payload = changed.parse(raw);
    const { id } = payload.installation;
    for (const { id: repository } of payload.repositories_removed) {
      dependencies.log?.warn(
        { installation: id, repository },
        "the installation does not cover this repository any more: its work is parked",
      );
      await dependencies.store.installations.park({ installation: id, repository });
    }
    await publishCheck(payload, payload.repositories_added, dependencies, github);
    if (payload.repositories_added.length > 0) dependencies.returned?.(id);
  },
};
