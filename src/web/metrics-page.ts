import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Refusal } from "./refusal.js";

/** What Prometheus reads. */
export type ReadMetrics = () => Promise<{ readonly contentType: string; readonly text: string }>;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compared by digests: the time tells neither the token nor its length. */
function demandToken(request: IncomingMessage, token: string): void {
  const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (!timingSafeEqual(digest(given), digest(token))) throw new Refusal(401, "the metrics need their token", true);
}

async function show(request: IncomingMessage, response: ServerResponse, read: ReadMetrics): Promise<void> {
  if (request.method !== "GET") throw new Refusal(405, "metrics are read by GET", true);
  const { contentType, text } = await read();
  response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" }).end(text);
}

/** The page on a port that others reach: only with its token. @throws Refusal */
export async function showMetrics(request: IncomingMessage, response: ServerResponse, read: ReadMetrics, token: string): Promise<void> {
  demandToken(request, token);
  await show(request, response, read);
}

/** A server that has this page only. It is meant for the loopback interface, and asks for no token. */
export function createMetricsServer(read: ReadMetrics): Server {
  return createServer({ headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 8 * 1024 }, (request, response) => {
    const page = request.url === "/metrics" ? show(request, response, read) : Promise.reject(new Refusal(404, "not found", true));
    page.catch((error: unknown) => {
      const { status, reason } = error instanceof Refusal ? error : new Refusal(503, "internal error", true);
      if (!response.headersSent)
        response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(`${reason}\n`);
    });
  });
}
