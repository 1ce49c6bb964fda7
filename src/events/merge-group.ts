import { z } from "zod";
import { type EventHandler, observeAndMark } from "./handler.js";
import { groupKey, place, repositoryKey } from "./payloads.js";

const payloadShape = place.extend({
  action: z.string(),
  merge_group: z.object({
    head_sha: z.string(),
    head_ref: z.string(),
    base_sha: z.string(),
    base_ref: z.string(),
    head_commit: z.object({ tree_id: z.string() }).nullish(),
  }),
});

/** The pull request that the group's branch is named after, `…/pr-104-<sha>`; 0 where the name says nothing. */
export const queuedNumber = (headRef: string): number => Number(/\/pr-(\d{1,9})-[^/]*$/.exec(headRef)?.[1] ?? 0);

/** A merge queue asks for the check on a group's head, or has given the group up. */
export const mergeGroupEvent: EventHandler = {
  event: "merge_group",
  on: ["merge_group.checks_requested", "merge_group.destroyed"],
  async handle(raw, dependencies) {
    const { action, merge_group: group, ...of } = payloadShape.parse(raw);
    const key = repositoryKey(of);
    const pull = {
      ...groupKey(key, group.head_sha),
      number: queuedNumber(group.head_ref),
      owner: of.repository.owner.login,
      name: of.repository.name,
      headSha: group.head_sha,
      headRepository: of.repository.id,
      baseRef: group.base_ref.replace(/^refs\/heads\//, ""),
      open: action === "checks_requested",
    };
    if (!pull.open) return dependencies.store.pulls.observe(pull);
    const { headSha, baseRef, number } = pull;
    const asked = { tree: group.head_commit?.tree_id ?? null, requestedAt: dependencies.now() };
    await dependencies.store.gate.recordGroup(key, { headSha, baseSha: group.base_sha, baseRef, number, ...asked });
    await observeAndMark(dependencies, pull, `merge_group.${action}`);
  },
};
