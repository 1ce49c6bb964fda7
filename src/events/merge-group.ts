import { z } from "zod";
import { type EventHandler, observeAndMark } from "./handler.js";
import { groupKey, place, repositoryKey } from "./payloads.js";

const payloadShape = place.extend({
  action: z.string(),
  merge_group: z.object({ head_sha: z.string(), base_ref: z.string() }),
});

/** A merge queue asks for the check on a group's head, or has given the group up. The payload names no pull request. */
export const mergeGroupEvent: EventHandler = {
  event: "merge_group",
  on: ["merge_group.checks_requested", "merge_group.destroyed"],
  async handle(raw, dependencies) {
    const { action, merge_group: group, ...of } = payloadShape.parse(raw);
    const pull = {
      ...groupKey(repositoryKey(of), group.head_sha),
      owner: of.repository.owner.login,
      name: of.repository.name,
      headSha: group.head_sha,
      headRepository: of.repository.id,
      baseRef: group.base_ref.replace(/^refs\/heads\//, ""),
      open: action === "checks_requested",
    };
    if (pull.open) await observeAndMark(dependencies, pull, `merge_group.${action}`);
    else await dependencies.store.pulls.observe(pull);
  },
};
