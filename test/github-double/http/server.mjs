import { createServer } from "node:http";

const largestBody = 32 * 1024 * 1024;

/** Listens on 127.0.0.1 and gives `{ port, close }`. `handle` gets the request with its whole body. */
export async function listen(handle, port = 0) {
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => handle(request, response, body))
      .catch((error) => {
        response.writeHead(500, { "content-type": "text/plain" });
        response.end(`${error.stack}\n`);
      });
  });
  // A client whose process was busy for longer would write into a connection that is being closed.
  server.keepAliveTimeout = 0;
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { port: server.address().port, close };
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largestBody) throw new Error("the body is larger than 32 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** JSON of a body, undefined when there is none or it is not JSON. */
export function parseJson(body) {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** How the content of an answer, whose head is written, reaches the caller. */
const ways = {
  whole: (outgoing, content) => outgoing.end(content),
  reset: (outgoing) => outgoing.socket?.resetAndDestroy(),
  never: () => undefined,
  drip: (outgoing, content) => drip(outgoing, content),
};

/** `way`: whole, reset (the connection is cut before a byte arrives), never (it stays open) or drip (a byte a second). */
export const deliver = (outgoing, way = "whole", content = Buffer.alloc(0)) => ways[way](outgoing, content);

function drip(outgoing, content) {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent >= content.length || outgoing.destroyed) {
      clearInterval(timer);
      outgoing.end();
      return;
    }
    outgoing.write(content.subarray(sent, sent + 1));
    sent += 1;
  }, 1000);
}
