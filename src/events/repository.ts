import { z } from "zod";
import type { EventHandler } from "./handler.js";
import { place, repositoryKey } from "./payloads.js";

const payloadShape = place.extend({ action: z.string() });

/** Nothing can be written there, or it is somebody else's now. */
const parking: ReadonlySet<string> = new Set(["archived", "deleted", "transferred"]);

/** A repository was renamed, moved, archived or brought back. Its new name is taken from every event alike. */
export const repositoryEvent: EventHandler = {
  event: "repository",
  on: [
    "repository.renamed",
    "repository.transferred",
    "repository.archived",
    "repository.unarchived",
    "repository.privatized",
    "repository.publicized",
    "repository.edited",
    "repository.deleted",
  ],
  async handle(raw, dependencies) {
    const payload = payloadShape.parse(raw);
    const { installation, repository } = repositoryKey(payload);
    if (!parking.has(payload.action)) return dependencies.returned?.(installation);
    dependencies.log?.warn(
      { installation, repository, action: payload.action },
      "nothing can be done in this repository: its work is parked",
    );
    await dependencies.store.installations.park({ installation, repository });
  },
};
