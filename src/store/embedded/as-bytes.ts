import { types } from "@electric-sql/pglite";

function toText(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw new TypeError("What is stored as bytes is no Uint8Array.");
  return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
}

/** PGlite's own way makes a string of every single byte, and takes longer with a group of deliveries than PostgreSQL does. */
export const asBytes = {
  serializers: { [types.BYTEA]: toText },
  parsers: { [types.BYTEA]: (text: string): Uint8Array => Buffer.from(text.slice(2), "hex") },
};
