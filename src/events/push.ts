import { z } from "zod";
import { type EventHandler, isPull, keyOf, mark } from "./handler.js";
import { place, repositoryKey } from "./payloads.js";

const payloadShape = place.extend({
  ref: z.string(),
  after: z.string(),
  deleted: z.boolean().default(false),
  sender: z.object({ id: z.number() }).nullish(),
  commits: z.array(z.object({ id: z.string() })).default([]),
});

const branchOf = (ref: string): string | null => (ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null);

/** A branch moved: the default branch's line of commits goes on, and what is to be merged into it is reviewed against its new tip. */
export const pushEvent: EventHandler = {
  event: "push",
  on: ["push"],
  async handle(raw, dependencies) {
    const payload = payloadShape.parse(raw);
    const branch = branchOf(payload.ref);
    if (branch === null || payload.deleted) return;
    const key = repositoryKey(payload);
    if (payload.sender) await dependencies.store.overrides.recordPusher(key, payload.after, payload.sender.id);
    if (branch === payload.repository.default_branch) {
      // GitHub lists at most 2,048 commits, the oldest first; the tip is always known.
      const shas = new Set([...payload.commits.map(({ id }) => id), payload.after]);
      await dependencies.store.history.recordCommits(key, [...shas]);
    }
    await dependencies.store.readings.forget(key, branch);
    const pulls = await dependencies.store.pulls.onBase(key, branch);
    for (const pull of pulls.filter(isPull)) await mark(dependencies, keyOf(pull), "push");
  },
};
