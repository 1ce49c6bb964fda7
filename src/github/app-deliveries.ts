import { z } from "zod";
import { type GitHub, receive, send } from "./call.js";

/** A delivery as GitHub recorded it. */
export interface SentDelivery {
  readonly id: number;
  readonly guid: string;
  /** ISO 8601. */
  readonly deliveredAt: string;
  /** We answered it with 2xx. */
  readonly accepted: boolean;
}

export interface DeliveryPage {
  readonly deliveries: readonly SentDelivery[];
  /** Where the older ones go on; null at the end. */
  readonly next: string | null;
}

const shape = z.array(
  z.object({ id: z.number(), guid: z.string(), delivered_at: z.string(), status_code: z.number() }).transform(
    ({ id, guid, delivered_at: deliveredAt, status_code: code }): SentDelivery => ({
      id,
      guid,
      deliveredAt,
      accepted: code >= 200 && code < 300,
    }),
  ),
);

/** The cursor in a Link header's `rel="next"`. */
const cursorOf = (link: string | number | undefined): string | null => {
  const next = String(link ?? "")
    .split(",")
    .find((part) => part.includes('rel="next"'));
  return /[?&]cursor=([^&>]+)/.exec(next ?? "")?.[1] ?? null;
};

/** One page of what GitHub sent us, newest first. @param app a client with the App's own JWT. @throws GitHubError */
export async function listDeliveries(app: GitHub, cursor: string | null): Promise<DeliveryPage> {
  const parameters = { per_page: 100, ...(cursor !== null && { cursor: decodeURIComponent(cursor) }) };
  const { value, headers } = await receive(app, "GET /app/hook/deliveries", parameters, shape);
  return { deliveries: value, next: cursorOf(headers.link) };
}

/** Has GitHub send a delivery again, with the same GUID. @throws GitHubError */
export async function redeliver(app: GitHub, id: number): Promise<void> {
  await send(app, "POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
}
