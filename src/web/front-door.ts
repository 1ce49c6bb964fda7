import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { pack } from "../store/packed.js";
import type { Delivery, Inbox, PullKey } from "../store/store.js";
import { readHeading } from "./headers.js";
import { readObject } from "./json-body.js";
import { type ReadMetrics, showMetrics } from "./metrics-page.js";
import { Refusal } from "./refusal.js";
import { readSignedBody } from "./signed-body.js";

export interface Limits {
  /** Largest body, in bytes. GitHub sends none above 25 MB. */
  readonly bodyBytes: number;
  /** Bodies being received at the same time, in declared bytes. */
  readonly inFlightBytes: number;
  /** The whole head of a request, and the whole request, in milliseconds. */
  readonly headersMs: number;
  readonly requestMs: number;
  readonly connections: number;
}

const defaults: Limits = {
  bodyBytes: 25 * 1024 * 1024,
  inFlightBytes: 64 * 1024 * 1024,
  headersMs: 5_000,
  requestMs: 10_000,
  connections: 4_096,
};

/**
 * The event's handler marks the pull request due at once, after it recorded what the event told. The mark
 * that is committed with the delivery is only its net, due this much later, in milliseconds.
 */
const NET_MS = 5_000;

/** What the payload says of itself; pure. */
export type Identify = (
  event: string,
  payload: unknown,
) => Pick<Delivery, "action" | "installation" | "repository" | "pull"> & {
  readonly dirty: { readonly key: PullKey; readonly reason: string } | null;
};

export interface FrontDoorOptions {
  /** The only path that takes deliveries. */
  readonly path: string;
  /** At least one; several while one is being replaced. */
  readonly secrets: readonly string[];
  /** Event names that are taken in. */
  readonly events: ReadonlySet<string>;
  readonly identify: Identify;
  readonly inbox: Pick<Inbox, "receive">;
  /** Called after the delivery is durable and answered; `payload` is its body, parsed. */
  onDelivery(delivery: Delivery, payload: object): void;
  /** May this process be sent traffic? */
  ready(): Promise<boolean>;
  /** Called with the status of every answer. */
  onAnswer?(status: number): void;
  /** Shown at /metrics to who has the token; absent: there is no such page. */
  readonly metrics?: { readonly token: string; readonly read: ReadMetrics };
  now(): Date;
  /** Never given a body, a header or an address. */
  readonly log: Pick<Logger, "warn" | "error">;
  readonly limits?: Partial<Limits>;
}

interface Door extends FrontDoorOptions {
  readonly limits: Limits;
  inFlight: number;
}

const answer = (response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>> = {}): void => {
  if (response.headersSent || response.destroyed) return;
  const body = `${text}\n`;
  // With its length an answer is one write; without, Node sends it in chunks.
  response
    .writeHead(status, { "content-type": "text/plain; charset=utf-8", "content-length": Buffer.byteLength(body), ...headers })
    .end(body);
};

async function commit(door: Door, delivery: Delivery, dirty: ReturnType<Identify>["dirty"]): Promise<boolean> {
  try {
    const runAt = new Date(delivery.receivedAt.getTime() + NET_MS);
    return (await door.inbox.receive(delivery, dirty && { ...dirty, runAt })) === "received";
  } catch (error) {
    door.log.error({ err: error, delivery: delivery.guid }, "the delivery could not be stored");
    throw new Refusal(503, "the delivery could not be stored");
  }
}

async function takeIn(door: Door, request: IncomingMessage): Promise<{ readonly delivery: Delivery; readonly payload: object } | null> {
  const heading = readHeading(request, door.events, door.limits.bodyBytes);
  if (door.inFlight + heading.length > door.limits.inFlightBytes) throw new Refusal(503, "too much is being received", true);
  door.inFlight += heading.length;
  try {
    const bytes = await readSignedBody(request, heading, door.secrets);
    const payload = readObject(bytes);
    const { dirty, ...identity } = door.identify(heading.event, payload);
    const delivery = { guid: heading.guid, event: heading.event, ...identity, body: pack(bytes), receivedAt: door.now() };
    return (await commit(door, delivery, dirty)) ? { delivery, payload } : null;
  } finally {
    door.inFlight -= heading.length;
  }
}

async function deliver(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "POST") throw new Refusal(405, "deliveries are sent by POST", true);
  const taken = await takeIn(door, request);
  answer(response, 202, "accepted");
  if (taken) door.onDelivery(taken.delivery, taken.payload);
}

async function probe(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") throw new Refusal(405, "probes are read by GET", true);
  const ready = request.url === "/healthz" || (await door.ready());
  answer(response, ready ? 200 : 503, ready ? "ok" : "not ready");
}

async function route(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === door.path) return deliver(door, request, response);
  if (request.url === "/healthz" || request.url === "/readyz") return probe(door, request, response);
  if (request.url === "/metrics" && door.metrics) return showMetrics(request, response, door.metrics.read, door.metrics.token);
  throw new Refusal(404, "not found", true);
}

const refuse = (door: Door, response: ServerResponse, error: unknown): void => {
  // A client that went away, or was too slow, has got its answer from Node or wants none.
  if (response.destroyed || response.headersSent) return;
  const refusal = error instanceof Refusal ? error : new Refusal(503, "internal error", true);
  if (refusal !== error) door.log.error({ err: error }, "a request failed");
  else door.log.warn({ status: refusal.status, reason: refusal.reason }, "request refused");
  answer(response, refusal.status, refusal.reason, {
    ...(refusal.close && { connection: "close" }),
    ...(refusal.status === 503 && { "retry-after": "10" }),
    ...(refusal.status === 405 && { allow: "POST, GET" }),
  });
};

/**
 * The HTTP server that others reach: takes deliveries in, answers two probes and, where it has a token, shows the metrics. 202 means that the delivery is
 * durable; a body that was not verified is never answered with 2xx.
 */
export function createFrontDoor(options: FrontDoorOptions): Server {
  const door: Door = { ...options, limits: { ...defaults, ...options.limits }, inFlight: 0 };
  const { headersMs, requestMs, connections } = door.limits;
  const server = createServer(
    { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: 1_000, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      request.on("error", () => undefined);
      if (request.url === door.path) response.once("finish", () => door.onAnswer?.(response.statusCode));
      route(door, request, response).catch((error: unknown) => refuse(door, response, error));
    },
  );
  server.maxConnections = connections;
  return server;
}
