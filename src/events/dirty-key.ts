import { z } from "zod";
import type { PullKey } from "../store/store.js";
import { queuedNumber } from "./merge-group.js";
import { pullRequestEvent } from "./pull-request.js";

/** What a payload says of itself, for the inbox; null where it does not say. */
export interface Identity {
  readonly action: string | null;
  readonly installation: number | null;
  readonly repository: number | null;
  readonly pull: number | null;
  /** The pull request that is dirty now, where the payload alone tells. */
  readonly dirty: { readonly key: PullKey; readonly reason: string } | null;
}

const id = z.object({ id: z.number() }).nullish().catch(null);
const numbered = z.object({ number: z.number() });

const payloadShape = z.object({
  action: z.string().nullish().catch(null),
  installation: id,
  repository: id,
  pull_request: numbered.nullish().catch(null),
  issue: numbered
    .extend({ pull_request: z.object({}) })
    .nullish()
    .catch(null),
  merge_group: z.object({ head_sha: z.string(), head_ref: z.string() }).nullish().catch(null),
});

type Payload = z.infer<typeof payloadShape>;

/** Whether an edit or a label's removal matters is the handler's to say. */
const atOnce: ReadonlySet<string> = new Set(pullRequestEvent.on.filter((name) => !/edited|unlabeled/.test(name)));

const numberOf = (event: string, payload: Payload): number | null => {
  if (event === "pull_request") return payload.pull_request?.number ?? null;
  return event === "issue_comment" ? (payload.issue?.number ?? null) : null;
};

const dirtyPart = (event: string, payload: Payload, pull: number | null): Pick<PullKey, "number" | "group"> | null => {
  if (event === "pull_request" && pull !== null && atOnce.has(`${event}.${payload.action ?? ""}`)) return { number: pull };
  if (event === "merge_group" && payload.action === "checks_requested" && payload.merge_group) {
    return { number: queuedNumber(payload.merge_group.head_ref), group: payload.merge_group.head_sha };
  }
  return null;
};

/**
 * Reads from a payload, and from nothing else, whom it concerns. The mark is committed together with the
 * delivery, so that it survives even a handler that never runs; what must be looked up first is left to
 * the handler.
 */
export function identify(event: string, raw: unknown): Identity {
  const payload = payloadShape.parse(raw);
  const { action = null } = payload;
  const [installation, repository] = [payload.installation?.id ?? null, payload.repository?.id ?? null];
  const pull = numberOf(event, payload);
  const part = dirtyPart(event, payload, pull);
  const whole = installation !== null && repository !== null && part !== null;
  const dirty = whole ? { key: { installation, repository, ...part }, reason: action === null ? event : `${event}.${action}` } : null;
  return { action, installation, repository, pull, dirty };
}
