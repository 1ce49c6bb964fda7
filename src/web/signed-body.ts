import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Heading } from "./headers.js";
import { Refusal } from "./refusal.js";

async function* received(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch {
    throw new Refusal(400, "the request was cut off", true);
  }
}

/**
 * Reads the body and verifies its HMAC on the way, against each secret in constant time; nothing is
 * parsed before. Several secrets are valid while one is being replaced. @throws Refusal
 */
export async function readSignedBody(request: IncomingMessage, heading: Heading, secrets: readonly string[]): Promise<Buffer> {
  const hmacs = secrets.map((secret) => createHmac("sha256", secret));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of received(request)) {
    size += chunk.byteLength;
    if (size > heading.length) throw new Refusal(400, "the body is longer than declared", true);
    for (const hmac of hmacs) hmac.update(chunk);
    chunks.push(chunk);
  }
  if (size < heading.length) throw new Refusal(400, "the body is shorter than declared", true);
  // Every secret is compared, so that the time tells nothing about which one matched.
  const matches = hmacs.map((hmac) => timingSafeEqual(hmac.digest(), heading.signature));
  if (!matches.includes(true)) throw new Refusal(401, "the signature does not match");
  return Buffer.concat(chunks, size);
}
