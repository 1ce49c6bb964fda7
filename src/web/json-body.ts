import { isUtf8 } from "node:buffer";
import { Refusal } from "./refusal.js";

/** Deeper nesting than GitHub's payloads have, by far. */
const MAX_DEPTH = 64;

/** A byte order mark is kept, and is no JSON then. */
const decode = (bytes: Buffer): string => {
  if (!isUtf8(bytes)) throw new Refusal(400, "the body is not UTF-8");
  return bytes.toString("utf8");
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "the body is not JSON");
  }
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Level by level, since recursion would end where the stack does. */
const inspect = (payload: object): void => {
  let level: readonly object[] = [payload];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new Refusal(400, "the body is nested too deeply");
    if (level.some((object) => Object.hasOwn(object, "__proto__"))) throw new Refusal(400, "the body has a forbidden key");
    level = level.flatMap((object) => Object.values(object).filter(isObject));
  }
};

/** A payload: a JSON object that cannot do harm further in. @throws Refusal */
export function readObject(bytes: Buffer): object {
  const payload = parse(decode(bytes));
  if (!isObject(payload) || Array.isArray(payload)) throw new Refusal(400, "the body is not a JSON object");
  inspect(payload);
  return payload;
}
