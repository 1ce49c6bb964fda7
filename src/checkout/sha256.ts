import { createHash } from "node:crypto";

/** A running SHA-256, ten times as fast as one in JavaScript. */
export function sha256(): { update(bytes: Uint8Array): void; hex(): string } {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
}
