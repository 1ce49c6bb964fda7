import { Refusal } from "./refusal.js";

/** Deeper nesting than GitHub's payloads have, by far. */
const MAX_DEPTH = 64;

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

const isTooDeep = (bytes: Buffer): boolean => {
  let [depth, inString] = [0, false];
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (OPEN.has(byte)) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (CLOSE.has(byte)) depth -= 1;
  }
  return false;
};

const decode = (bytes: Buffer): string => {
  try {
    // A byte order mark is kept, and is no JSON then.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal(400, "the body is not UTF-8");
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "the body is not JSON");
  }
};

/** A payload: a JSON object that cannot do harm further in. @throws Refusal */
export function readObject(bytes: Buffer): { readonly text: string; readonly payload: object } {
  if (isTooDeep(bytes)) throw new Refusal(400, "the body is nested too deeply");
  const text = decode(bytes);
  // As a key only: within a string the quotes are escaped.
  if (/"__proto__"\s*:/.test(text)) throw new Refusal(400, "the body has a forbidden key");
  const payload = parse(text);
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) throw new Refusal(400, "the body is not a JSON object");
  return { text, payload };
}
