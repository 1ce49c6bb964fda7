import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.js";

/** What the headers of a delivery say, checked. */
export interface Heading {
  readonly guid: string;
  readonly event: string;
  /** 32 bytes. */
  readonly signature: Buffer;
  readonly length: number;
}

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
const GUID = /^[0-9A-Za-z-]{1,64}$/;
const JSON_TYPE = /^application\/json(?:\s*;\s*charset=utf-8)?$/i;

/** Node joins a header that was sent twice, so that two signatures match no pattern. */
const header = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
};

const lengthOf = (request: IncomingMessage, limit: number): number => {
  const declared = header(request, "content-length");
  if (!/^[0-9]{1,15}$/.test(declared) || Number(declared) === 0) throw new Refusal(411, "content-length is missing", true);
  if (Number(declared) > limit) throw new Refusal(413, "the body is too large", true);
  return Number(declared);
};

/** Checks everything that can be checked before a byte of the body is read. @throws Refusal */
export function readHeading(request: IncomingMessage, events: ReadonlySet<string>, limit: number): Heading {
  const signature = SIGNATURE.exec(header(request, "x-hub-signature-256").toLowerCase())?.[1];
  if (signature === undefined) throw new Refusal(401, "the signature is missing or malformed", true);
  const guid = header(request, "x-github-delivery");
  if (!GUID.test(guid)) throw new Refusal(400, "x-github-delivery is missing or malformed", true);
  const event = header(request, "x-github-event");
  if (!events.has(event)) throw new Refusal(400, "the event is unknown", true);
  if (!JSON_TYPE.test(header(request, "content-type"))) {
    throw new Refusal(415, "the content type is not application/json: set it in the App's webhook", true);
  }
  return { guid, event, signature: Buffer.from(signature, "hex"), length: lengthOf(request, limit) };
}
