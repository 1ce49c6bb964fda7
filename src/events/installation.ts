import { z } from "zod";
import { type EventDependencies, type EventHandler, observeAndMark } from "./handler.js";
import { groupKey, installation } from "./payloads.js";

const repositories = z.array(z.object({ id: z.number(), name: z.string() }));

const shared = z.object({ installation: installation.extend({ account: z.object({ login: z.string() }) }), action: z.string() });

const installed = shared.extend({ repositories: repositories.default([]) });
const added = shared.extend({ repositories_added: repositories.default([]) });

/**
 * The check is published once on each default branch, because GitHub lets a check be required only after
 * it ran there. The payload does not name the branch; the worker asks.
 */
async function publishCheck(
  { installation: { id, account }, action }: z.infer<typeof shared>,
  list: z.infer<typeof repositories>,
  dependencies: EventDependencies,
): Promise<void> {
  for (const repository of list) {
    const key = groupKey({ installation: id, repository: repository.id }, "installation");
    const names = { owner: account.login, name: repository.name };
    const pull = { ...key, ...names, headSha: "", headRepository: repository.id, baseRef: "", open: false };
    await observeAndMark(dependencies, pull, `installation.${action}`);
  }
}

/** The App was installed, or is heard again. */
export const installationEvent: EventHandler = {
  event: "installation",
  actions: ["created", "unsuspend", "new_permissions_accepted"],
  async handle(raw, dependencies) {
    const payload = installed.parse(raw);
    await publishCheck(payload, payload.repositories, dependencies);
  },
};

/** The App was given further repositories. */
export const installationRepositoriesEvent: EventHandler = {
  event: "installation_repositories",
  actions: ["added"],
  async handle(raw, dependencies) {
    const payload = added.parse(raw);
    await publishCheck(payload, payload.repositories_added, dependencies);
  },
};
