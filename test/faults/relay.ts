import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** A request that passes through, with its whole body. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

async function wholeOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

interface ForwardOptions {
  readonly signal?: AbortSignal;
  /** Called when the last byte of the request has been given to the system. */
  sent?(): void;
}

/** Sends a request on and reads the whole answer. Rejects when the connection fails, or when `signal` aborts it. */
export function forward(port: number, passing: Passing, { signal, sent }: ForwardOptions = {}): Promise<Answer> {
  const { method, path, headers, body } = passing;
  return new Promise((resolve, reject) => {
    const own = { ...headers, connection: "close" };
    const outgoing = request({ host: "127.0.0.1", port, method, path, headers: own, agent: false, ...(signal && { signal }) });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      wholeOf(incoming).then(
        (content) => resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body: content }),
        reject,
      );
    });
    if (sent) outgoing.on("finish", sent);
    outgoing.end(body);
  });
}

export function give(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, headers);
  response.end(body);
}

/** Listens on a free port of 127.0.0.1. A handler that rejects cuts the connection, as the one behind it did. */
export async function listen(
  handle: (passing: Passing, response: ServerResponse) => Promise<void>,
): Promise<{ port: number; close(): void }> {
  const server = createServer((incoming, response) => {
    incoming.on("error", () => undefined);
    wholeOf(incoming)
      .then((body) => handle({ method: incoming.method ?? "GET", path: incoming.url ?? "/", headers: incoming.headers, body }, response))
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { port: address.port, close };
}
