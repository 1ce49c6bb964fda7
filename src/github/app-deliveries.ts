import { z } from "zod";
import { type GitHub, receive, send } from "./call.js";
import { PAGE } from "./paging.js";

/** A delivery as GitHub recorded it. */
export interface SentDelivery {
  readonly id: number;
  readonly guid: string;
  /** ISO 8601. */
  readonly deliveredAt: string;
}

export interface DeliveryPage {
  readonly deliveries: readonly SentDelivery[];
  /** Where the older ones go on; null at the end. */
  readonly next: string | null;
  /** GitHub's time of the answer, in milliseconds; null when it names none. */
  readonly at: number | null;
}

const shape = z.array(z.object({ id: z.number(), guid: z.string(), delivered_at: z.string(), status_code: z.number() }));

/** The cursor in a Link header's `rel="next"`. */
const cursorOf = (link: string | number | undefined): string | null => {
  const next = String(link ?? "")
    .split(",")
    .find((part) => part.includes('rel="next"'));
  const cursor = /[?&]cursor=([^&>]+)/.exec(next ?? "")?.[1];
  return cursor === undefined ? null : decodeURIComponent(cursor);
};

const timeOf = (date: string | number | undefined): number | null => {
  const time = Date.parse(String(date));
  return Number.isFinite(time) ? time : null;
};

/**
 * One page of what GitHub could not deliver to us, newest first. @param app a client with the App's own JWT.
 * A server that does not know the filter lists all, so that what arrived is left out here too. @throws GitHubError
 */
export async function listFailedDeliveries(app: GitHub, cursor: string | null): Promise<DeliveryPage> {
  const parameters = { status: "failure", per_page: PAGE, ...(cursor !== null && { cursor }) };
  const { value, headers } = await receive(app, "GET /app/hook/deliveries", parameters, shape);
  const failed = value.filter(({ status_code: code }) => code < 200 || code >= 300);
  return {
    deliveries: failed.map(({ id, guid, delivered_at: deliveredAt }) => ({ id, guid, deliveredAt })),
    next: cursorOf(headers.link),
    at: timeOf(headers.date),
  };
}

/** Has GitHub send a delivery again, with the same GUID. @throws GitHubError */
export async function redeliver(app: GitHub, id: number): Promise<void> {
  await send(app, "POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
}
