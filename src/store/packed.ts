import { deflateRawSync, inflateRawSync } from "node:zlib";

/** The fastest level; a buffer about as large as what comes out of a usual delivery. */
const FAST = { level: 1, chunkSize: 4_096 };

/**
 * A JSON body as it waits and is stored: a tenth as long. Not on the thread pool: what that costs for each is several times the
 * work itself.
 */
export const pack = (body: string | Uint8Array): Uint8Array => deflateRawSync(body, FAST);

/** The text that {@link pack} was given. */
export const unpack = (packed: Uint8Array): string => inflateRawSync(packed, { chunkSize: 32_768 }).toString("utf8");
