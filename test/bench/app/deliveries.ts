import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { edited } from "./payload.js";
import { secret, webhookPath } from "./process.js";

const PULLS = 500;
const EPOCH = Date.parse("2026-01-05T09:00:00Z");

/** One delivery, signed. */
export interface Signed {
  readonly body: Buffer;
  readonly signature: string;
}

const sign = (body: Buffer): Signed => ({ body, signature: `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` });

/** What comes before and after the time, of each pull request. */
const MARK = "9999-01-01T00:00:00Z";
const parts = Array.from({ length: PULLS }, (_, index) => {
  const [before = "", after = ""] = JSON.stringify(edited(index + 1, MARK)).split(MARK);
  return { before: Buffer.from(before), after: Buffer.from(after) };
});

/** The delivery of that number: the pull requests take turns, and each delivery is newer than all before. */
export function nth(index: number): Signed {
  const part = parts[index % PULLS];
  if (part === undefined) throw new Error("there is no such pull request");
  const time = new Date(EPOCH + index * 1000).toISOString().replace(".000", "");
  return sign(Buffer.concat([part.before, Buffer.from(time), part.after]));
}

export const headersOf = ({ body, signature }: Signed) => ({
  "content-type": "application/json",
  "content-length": body.length,
  "user-agent": "GitHub-Hookshot/bench",
  "x-github-event": "pull_request",
  "x-github-delivery": randomUUID(),
  "x-hub-signature-256": signature,
});

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Sends one delivery and resolves with the status that answers it. A broken connection is status 0. */
export function deliver(port: number, signed: Signed): Promise<number> {
  return new Promise((resolve) => {
    const headers = headersOf(signed);
    const sent = request({ host: "127.0.0.1", port, path: webhookPath, method: "POST", headers, agent }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", () => resolve(0));
    sent.end(signed.body);
  });
}
