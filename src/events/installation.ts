import { z } from "zod";
import type { GitHub } from "../github/call.js";
import { failedAs } from "../github/errors.js";
import { type DefaultBranch, readDefaultBranch } from "../github/repository.js";
import { type EventDependencies, type EventHandler, observeAndMark } from "./handler.js";
import { groupKey, installation } from "./payloads.js";

const repositories = z.array(z.object({ id: z.number(), name: z.string() }));

const shared = z.object({ installation: installation.extend({ account: z.object({ login: z.string() }) }), action: z.string() });

const installed = shared.extend({ repositories: repositories.default([]) });
const added = shared.extend({ repositories_added: repositories.default([]) });

type Repository = z.infer<typeof repositories>[number];

/** The default branch's head; null where there is nothing to publish on: an empty repository, or one that is gone again. */
async function defaultBranch(github: GitHub, owner: string, { name }: Repository): Promise<DefaultBranch | null> {
  try {
    return await readDefaultBranch(github, { owner, name });
  } catch (error) {
    if (failedAs(error, "conflict") || failedAs(error, "not-found")) return null;
    throw error;
  }
}

/** The check is published once on each default branch, because GitHub lets a check be required only after it ran there. */
async function publishCheck(
  { installation: { id, account }, action }: z.infer<typeof shared>,
  list: readonly Repository[],
  dependencies: EventDependencies,
  github: GitHub,
): Promise<void> {
  for (const repository of list) {
    const branch = await defaultBranch(github, account.login, repository);
    if (branch === null) continue;
    const key = groupKey({ installation: id, repository: repository.id }, `installation:${branch.ref}`);
    const names = { owner: account.login, name: repository.name };
    const pull = { ...key, ...names, headSha: branch.sha, headRepository: repository.id, baseRef: branch.ref, open: true };
    await observeAndMark(dependencies, pull, `installation.${action}`);
  }
}

/** The App was installed, or is heard again. */
export const installationEvent: EventHandler = {
  event: "installation",
  on: ["installation.created", "installation.unsuspend", "installation.new_permissions_accepted"],
  async handle(raw, dependencies, github) {
    const payload = installed.parse(raw);
    await publishCheck(payload, payload.repositories, dependencies, github);
  },
};

/** The App was given further repositories. */
export const installationRepositoriesEvent: EventHandler = {
  event: "installation_repositories",
  on: ["installation_repositories.added"],
  async handle(raw, dependencies, github) {
    const payload = added.parse(raw);
    await publishCheck(payload, payload.repositories_added, dependencies, github);
  },
};
