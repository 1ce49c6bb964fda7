import { z } from "zod";
import { checkName } from "../github/checks.js";
import { type EventDependencies, type EventHandler, isPull, keyOf } from "./handler.js";
import { account, place, repositoryKey } from "./payloads.js";
import { markHead, rerequested } from "./rerequest.js";

const payloadShape = place.extend({
  action: z.string(),
  check_run: rerequested.extend({ id: z.number().default(0), name: z.string().default(""), completed_at: z.string().nullish() }),
  requested_action: z.object({ identifier: z.string() }).nullish(),
  sender: account.nullish(),
});

type Payload = z.infer<typeof payloadShape>;

/**
 * Keeps who pressed "Request override" under which check. GitHub gives the press no time of its own: the check's stands
 * for it, which tells what the person had before them, and makes an old event that is sent again the same request.
 */
async function recordPress({ store, appId }: EventDependencies, payload: Payload): Promise<void> {
  const { check_run: check, sender } = payload;
  if (payload.requested_action?.identifier !== "request-override" || !sender || check.app?.id !== appId || !check.completed_at) return;
  const place = repositoryKey(payload);
  const pulls = await store.pulls.open(place.installation);
  const shown = pulls.filter(
    (pull) =>
      isPull(pull) && pull.repository === place.repository && pull.headSha === check.head_sha && checkName(pull.baseRef) === check.name,
  );
  const ask = {
    key: `button:${check.id}:${check.completed_at}:${sender.id}`,
    kind: "button",
    at: check.completed_at,
    by: { id: sender.id, login: sender.login, type: sender.type },
    headSha: check.head_sha,
    reason: null,
  } as const;
  for (const pull of shown) await store.overrides.ask(keyOf(pull), ask);
}

/** Somebody pressed "Re-run" or a button of ours. GitHub changes nothing by itself; the reconcile does. */
export const checkRunEvent: EventHandler = {
  event: "check_run",
  on: ["check_run.rerequested", "check_run.requested_action"],
  async handle(raw, dependencies) {
    const payload = payloadShape.parse(raw);
    await recordPress(dependencies, payload);
    await markHead(payload, payload.check_run, `check_run.${payload.action}`, dependencies);
  },
};
