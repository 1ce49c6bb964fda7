import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { secret, webhookPath } from "./process.js";

/** As large as GitHub's own for a pull request usually are, in bytes. */
const BYTES = 18_000;
const PULLS = 500;

/** One delivery, signed. */
export interface Signed {
  readonly body: Buffer;
  readonly signature: string;
}

export const sign = (body: Buffer): Signed => ({ body, signature: `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` });

/** A new title: stored, handled, and nothing that asks for a review. */
function edited(number: number): Signed {
  const head = { sha: `${number}`.padStart(40, "0"), repo: { id: 2 } };
  const payload = {
    action: "edited",
    installation: { id: 1 },
    repository: { id: 2, name: "shop", full_name: "acme/shop", owner: { id: 3, login: "acme" }, default_branch: "main" },
    sender: { id: 30, login: "alice", type: "User" },
    changes: { title: { from: "before" } },
    pull_request: {
      ...{ number, state: "open", updated_at: "2026-01-05T09:00:00Z", head, base: { ref: "main" } },
      ...{ draft: false, changed_files: 3, labels: [], body: "" },
    },
  };
  payload.pull_request.body = "x".repeat(BYTES - JSON.stringify(payload).length);
  return sign(Buffer.from(JSON.stringify(payload)));
}

/** Deliveries of as many pull requests, signed beforehand. */
export const edits: readonly Signed[] = Array.from({ length: PULLS }, (_, index) => edited(index + 1));

export const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Sends one delivery and resolves with the status that answers it. A broken connection is status 0. */
export function deliver(port: number, { body, signature }: Signed): Promise<number> {
  const headers = {
    "content-type": "application/json",
    "content-length": body.length,
    "user-agent": "GitHub-Hookshot/bench",
    "x-github-event": "pull_request",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": signature,
  };
  return new Promise((resolve) => {
    const sent = request({ host: "127.0.0.1", port, path: webhookPath, method: "POST", headers, agent }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", () => resolve(0));
    sent.end(body);
  });
}
