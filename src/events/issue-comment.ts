import { z } from "zod";
import type { ChecklistItem } from "../model/rule.js";
import { readTicks } from "../report/ticks.js";
import type { PullKey } from "../store/store.js";
import { type EventDependencies, type EventHandler, mark } from "./handler.js";
import { account, place, pullKey } from "./payloads.js";

const payloadShape = place.extend({
  issue: z.object({ number: z.number(), pull_request: z.object({}).nullish() }),
  comment: z.object({
    body: z.string().nullish(),
    updated_at: z.string(),
    performed_via_github_app: z.object({ id: z.number() }).nullish(),
  }),
  changes: z.object({ body: z.object({ from: z.string() }).optional() }).nullish(),
  sender: account,
});

type Payload = z.infer<typeof payloadShape>;

/** Boxes that this very edit turned; without the earlier text, all as they stand. */
const turned = ({ comment, changes }: Payload): readonly (readonly [ChecklistItem, boolean])[] => {
  const before = readTicks(changes?.body?.from ?? "");
  return [...readTicks(comment.body ?? "")].filter(([item, ticked]) => before.get(item) !== ticked);
};

/** Records what this edit turned and the store does not say yet. */
async function recordTicks({ store }: EventDependencies, key: PullKey, headSha: string, payload: Payload): Promise<void> {
  const recorded = new Set((await store.pulls.attestations(key)).map(({ item }) => item));
  for (const [item, ticked] of turned(payload).filter(([item, ticked]) => recorded.has(item) !== ticked)) {
    const attestation = { item, by: payload.sender.login, at: payload.comment.updated_at, sha: headSha };
    await (ticked ? store.pulls.attest(key, attestation) : store.pulls.withdraw(key, item));
  }
}

/** Only a person with write access can edit a comment of the App's, so the edit itself proves the right to tick. */
const isTick = (payload: Payload, appId: number): boolean =>
  payload.issue.pull_request != null && payload.comment.performed_via_github_app?.id === appId && payload.sender.type === "User";

/** A human edited our comment: ticks are recorded, and whatever else was changed is put right by the worker. */
export const issueCommentEvent: EventHandler = {
  event: "issue_comment",
  on: ["issue_comment.edited"],
  async handle(raw, dependencies) {
    const payload = payloadShape.parse(raw);
    if (!isTick(payload, dependencies.appId)) return;
    const key = pullKey(payload, payload.issue.number);
    const pull = await dependencies.store.pulls.get(key);
    if (!pull) return;
    await recordTicks(dependencies, key, pull.headSha, payload);
    await mark(dependencies, key, "issue_comment.edited");
  },
};
