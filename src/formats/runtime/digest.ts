import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Origin } from "../../model/measurement.js";

/** The stream as it comes, and the SHA-256 of what was read of it, in hexadecimal digits. */
export interface Digested {
  readonly content: AsyncIterable<Uint8Array>;
  /** To be asked once, at the end. */
  readonly sha256: () => string;
}

function ownHash() {
  const hash = sha256.create();
  return { update: (bytes: Uint8Array) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
}

/** Passes a stream on and hashes it on the way: a manifest tells by it whether the file is the one that was written. */
export function digested(chunks: AsyncIterable<Uint8Array>, origin: Origin): Digested {
  const hash = (origin.sha256 ?? ownHash)();
  async function* content(): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { content: content(), sha256: hash.hex };
}
