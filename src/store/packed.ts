import { deflateRawSync, inflateRawSync } from "node:zlib";

/** The fastest level; a buffer about as large as what comes out of a usual delivery. */
const FAST = { level: 1, chunkSize: 4_096 };

/** A text as it is stored. Not on the thread pool: what that costs for each is several times the work itself. */
export const pack = (text: string): Buffer => deflateRawSync(text, FAST);

/** The text that {@link pack} was given. */
export const unpack = (packed: Uint8Array): string => inflateRawSync(packed).toString("utf8");
