// What a durable acknowledgement costs at least here: the signature, one grouped insert, the answer. Nothing is parsed, handled or logged.
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { openStore } from "../../../src/store/open.js";
import { pack } from "../../../src/store/packed.js";

const { WEBHOOK_SECRET: secret = "", DATABASE_URL: databaseUrl, REDLINE_DATA: dataDirectory } = process.env;
const store = await openStore({ databaseUrl, dataDirectory });
const lease = { owner: "floor", leaseMs: 60_000 };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function take(request: IncomingMessage): Promise<number> {
  const body = await bodyOf(request);
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  if (request.headers["x-hub-signature-256"] !== signature) return 401;
  const identity = { event: "pull_request", action: "edited", installation: 1, repository: 2, pull: 1 };
  const guid = String(request.headers["x-github-delivery"]);
  await store.inbox.receive({ guid, ...identity, body: pack(body), receivedAt: new Date() }, null, lease);
  return 202;
}

const server = createServer((request, response) => {
  void take(request).then((status) => response.writeHead(status, { "content-length": 0 }).end());
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
process.once("SIGTERM", () => process.exit(0));
