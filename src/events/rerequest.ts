import { z } from "zod";
import type { PullKey } from "../store/store.js";
import { type EventDependencies, isPull, keyOf, mark, observeAndMark } from "./handler.js";
import { type place, pullRequest, repositoryKey } from "./payloads.js";

/** A check run or suite of ours that somebody wants to see again. Its pull requests are missing for forks. */
export const rerequested = z.object({
  head_sha: z.string(),
  app: z.object({ id: z.number() }).nullable(),
  pull_requests: z
    .array(
      pullRequest.pick({ number: true, base: true }).extend({
        head: z.object({ sha: z.string(), repo: z.object({ id: z.number() }) }),
      }),
    )
    .default([]),
});

type Rerequested = z.infer<typeof rerequested>;

/** Everybody who reads a repository may press "Re-run": a pull request is judged again at most this often because of it. */
const PAUSE_MS = 60_000;

/** At once, or when the pause since the last time is over; presses within it come to one. */
async function markAgain(dependencies: EventDependencies, key: PullKey, reason: string): Promise<void> {
  const { store, delivery, now } = dependencies;
  const at = now();
  const { installation, repository, number } = key;
  const free = await store.nets.takeTurn(`rerequest ${installation}/${repository}/${number}`, at, new Date(at.getTime() - PAUSE_MS));
  if (free) return mark(dependencies, key, reason);
  await store.dirty.mark(key, reason, new Date(at.getTime() + PAUSE_MS), delivery);
}

/** Marks every open pull request of that head: those known by it, and those that GitHub names. */
export async function markHead(
  of: z.infer<typeof place>,
  asked: Rerequested,
  reason: string,
  dependencies: EventDependencies,
): Promise<void> {
  if (asked.app?.id !== dependencies.appId) return;
  const key = repositoryKey(of);
  const open = await dependencies.store.pulls.open(key.installation);
  const known = open.filter((pull) => isPull(pull) && pull.repository === key.repository && pull.headSha === asked.head_sha);
  const again = reason.endsWith(".rerequested") ? markAgain : mark;
  for (const pull of known) await again(dependencies, keyOf(pull), reason);
  const unknown = asked.pull_requests.filter(
    ({ number, head }) => head.sha === asked.head_sha && !known.some((pull) => pull.number === number),
  );
  for (const { number, head, base } of unknown) {
    const names = { owner: of.repository.owner.login, name: of.repository.name };
    const pull = { ...key, ...names, number, headSha: head.sha, headRepository: head.repo.id, baseRef: base.ref, open: true };
    await observeAndMark(dependencies, pull, reason);
  }
}
