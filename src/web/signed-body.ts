import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Heading } from "./headers.js";
import { Refusal } from "./refusal.js";

/** Hands over the chunks as they come; resolves at the end of the body. What `take` throws ends it. */
const receive = (request: IncomingMessage, take: (chunk: Buffer) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (settled: () => void): void => {
      request.off("data", data).off("end", end).off("error", cut).off("close", cut);
      settled();
    };
    const end = (): void => settle(resolve);
    const cut = (): void => settle(() => reject(new Refusal(400, "the request was cut off", true)));
    const data = (chunk: Buffer): void => {
      try {
        take(chunk);
      } catch (error) {
        request.pause();
        settle(() => reject(error));
      }
    };
    request.on("data", data).on("end", end).on("error", cut).on("close", cut);
  });

/**
 * Reads the body and verifies its HMAC on the way, against each secret in constant time; nothing is
 * parsed before. Several secrets are valid while one is being replaced. @throws Refusal
 */
export async function readSignedBody(request: IncomingMessage, heading: Heading, secrets: readonly string[]): Promise<Buffer> {
  const hmacs = secrets.map((secret) => createHmac("sha256", secret));
  const chunks: Buffer[] = [];
  let size = 0;
  await receive(request, (chunk) => {
    size += chunk.byteLength;
    if (size > heading.length) throw new Refusal(400, "the body is longer than declared", true);
    for (const hmac of hmacs) hmac.update(chunk);
    chunks.push(chunk);
  });
  if (size < heading.length) throw new Refusal(400, "the body is shorter than declared", true);
  // Every secret is compared, so that the time tells nothing about which one matched.
  const matches = hmacs.map((hmac) => timingSafeEqual(hmac.digest(), heading.signature));
  if (!matches.includes(true)) throw new Refusal(401, "the signature does not match");
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, size);
}
