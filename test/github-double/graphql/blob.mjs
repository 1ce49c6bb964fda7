import { isBinary } from "../state/git.mjs";

/** GitHub cuts the text of larger blobs here and says `isTruncated`. */
const textCap = 512 * 1024;

/** A blob's fields; `text` is null for binary contents. */
export function blobFields(bytes) {
  const binary = isBinary(bytes);
  return {
    text: binary ? null : bytes.subarray(0, textCap).toString("utf8"),
    isBinary: binary,
    isTruncated: bytes.length > textCap,
    byteSize: bytes.length,
  };
}
