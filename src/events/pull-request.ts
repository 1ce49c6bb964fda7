import { z } from "zod";
import { granted } from "../review/override.js";
import { departed } from "./departure.js";
import type { EventDependencies, EventHandler } from "./handler.js";
import { mark } from "./handler.js";
import { account, knownPull, place, pullKey, pullRequest, repositoryKey, toldOf } from "./payloads.js";

const payloadShape = place.extend({
  action: z.string(),
  pull_request: pullRequest.extend({ merged: z.boolean().default(false), merged_by: account.pick({ login: true }).nullish() }),
  label: z.object({ node_id: z.string().default(""), name: z.string() }).nullish(),
  changes: z.object({ base: z.unknown().optional() }).nullish(),
  sender: account,
});

type Payload = z.infer<typeof payloadShape>;

async function recordLabel({ store }: EventDependencies, payload: Payload): Promise<void> {
  const { action, label, sender, pull_request: pull } = payload;
  if (!label || (action !== "labeled" && action !== "unlabeled")) return;
  const actor = { id: sender.id, login: sender.login, type: sender.type };
  const event = { action, label: label.name, labelId: label.node_id, actor, headSha: pull.head.sha, at: pull.updated_at } as const;
  await store.pulls.recordLabel(pullKey(payload, pull.number), event);
}

/** What overrides are judged by: which head was there when, and who pushed it. */
async function recordHead({ store: { overrides } }: EventDependencies, payload: Payload): Promise<void> {
  const { head, base, number, updated_at: at } = payload.pull_request;
  await overrides.sight(pullKey(payload, number), { at, headSha: head.sha, baseRef: base.ref });
  if (payload.action === "synchronize") await overrides.recordPusher(repositoryKey(payload), head.sha, payload.sender.id);
}

/** An override was granted that a label's removal would end. */
const isOverridden = async ({ store }: EventDependencies, payload: Payload): Promise<boolean> =>
  granted(await store.overrides.audit(pullKey(payload, payload.pull_request.number))).length > 0;

/** A new title changes nothing that is judged, nor does a label that goes and was no override, as those that we take off. */
const matters = async (dependencies: EventDependencies, payload: Payload): Promise<boolean> => {
  if (payload.action === "edited") return payload.changes?.base !== undefined;
  return payload.action !== "unlabeled" || isOverridden(dependencies, payload);
};

/** Records the pull request and what people did with its labels. */
export const pullRequestEvent: EventHandler = {
  event: "pull_request",
  on: [
    "pull_request.opened",
    "pull_request.reopened",
    "pull_request.synchronize",
    "pull_request.edited",
    "pull_request.ready_for_review",
    "pull_request.converted_to_draft",
    "pull_request.labeled",
    "pull_request.unlabeled",
    "pull_request.closed",
  ],
  async handle(raw, dependencies) {
    const payload = payloadShape.parse(raw);
    const pull = knownPull(payload, payload.pull_request);
    const before = await dependencies.store.pulls.get(pull);
    await dependencies.store.pulls.observe(pull);
    const { merged, merged_by: by } = payload.pull_request;
    await departed(dependencies, before, pull, { merged, by: by?.login ?? null });
    const told = toldOf(payload.pull_request, dependencies.now());
    if (told) await dependencies.store.readings.tell(pullKey(payload, payload.pull_request.number), told);
    await recordHead(dependencies, payload);
    await recordLabel(dependencies, payload);
    if (await matters(dependencies, payload))
      await mark(dependencies, pullKey(payload, payload.pull_request.number), `pull_request.${payload.action}`);
  },
};
