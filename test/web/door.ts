import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import type { Delivery, Inbox, PullKey } from "../../src/store/store.js";
import { createFrontDoor, type FrontDoorOptions } from "../../src/web/front-door.js";

export const SECRET = "a secret of enough length";

/** An inbox in memory that can be told to fail, or to wait. */
export class FakeInbox implements Pick<Inbox, "receive"> {
  readonly received: Delivery[] = [];
  readonly marks: { readonly key: PullKey; readonly reason: string; readonly runAt?: Date }[] = [];
  readonly done = new Set<string>();
  failing = false;
  gate: Promise<void> = Promise.resolve();

  async receive(delivery: Delivery, dirty: { key: PullKey; reason: string; runAt?: Date } | null): Promise<"received" | "done"> {
    await this.gate;
    if (this.failing) throw new Error("disk full");
    if (this.done.has(delivery.guid)) return "done";
    this.received.push(delivery);
    if (dirty) this.marks.push(dirty);
    return "received";
  }
}

export interface OpenDoor {
  readonly port: number;
  readonly inbox: FakeInbox;
  readonly delivered: Delivery[];
  readonly log: string[];
  close(): Promise<void>;
}

/** A front door on a free port. */
export async function openDoor(options: Partial<FrontDoorOptions> = {}): Promise<OpenDoor> {
  const inbox = new FakeInbox();
  const delivered: Delivery[] = [];
  const log: string[] = [];
  const note = (fields: unknown, message?: unknown): void => {
    log.push(JSON.stringify([fields, message]));
  };
  const server = createFrontDoor({
    path: "/hook",
    secrets: [SECRET],
    events: new Set(["push", "ping", "pull_request"]),
    identify: () => ({ action: null, installation: 1, repository: 2, pull: null, dirty: null }),
    inbox,
    onDelivery: (delivery) => void delivered.push(delivery),
    ready: async () => true,
    now: () => new Date("2026-01-05T09:00:00Z"),
    log: { warn: note, error: note },
    ...options,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("not listening");
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: address.port, inbox, delivered, log, close };
}

export const sign = (body: string | Buffer, secret = SECRET): string => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The headers of a good delivery; `undefined` leaves one out. */
export const headersOf = (body: string | Buffer, changed: Headers = {}): Headers => ({
  host: "localhost",
  "content-type": "application/json",
  "content-length": String(Buffer.byteLength(body)),
  "x-github-event": "push",
  "x-github-delivery": "guid-1",
  "x-hub-signature-256": sign(body),
  ...changed,
});

/** The bytes of a request as they are, however wrong. */
export const rawRequest = (line: string, headers: Headers, body: string | Buffer = ""): Buffer => {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => `${name}: ${one}\r\n`),
  );
  return Buffer.concat([Buffer.from(`${line}\r\n${lines.join("")}\r\n`), Buffer.from(body)]);
};

/** Sends bytes and resolves with everything that came back until the other side closed, or answered once. */
export function exchange(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let answer = "";
    const end = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      if (answer.includes("\r\n\r\n")) end();
    });
    socket.on("close", end);
    socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" || error.code === "EPIPE" ? end() : reject(error)));
  });
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

/** Posts a delivery and resolves with the status. */
export async function post(port: number, body: string | Buffer, changed: Headers = {}): Promise<number> {
  return statusOf(await exchange(port, rawRequest("POST /hook HTTP/1.1", headersOf(body, changed), body)));
}
