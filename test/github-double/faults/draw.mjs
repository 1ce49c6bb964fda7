import { createHash } from "node:crypto";

/**
 * A number in [0, 1) that depends on the seed and on what it is drawn for, and not on what was drawn before: the same
 * call meets the same fate whatever other processes do meanwhile.
 */
export const draw = (seed, ...names) =>
  createHash("sha256")
    .update([seed, ...names].join("\n"))
    .digest()
    .readUInt32BE() /
  2 ** 32;

/** A number of a range `[least, most]`, or the number itself. */
export const within = (range, drawn) => (Array.isArray(range) ? range[0] + (range[1] - range[0]) * drawn : range);

/** The item on which the draw falls. */
export const pick = (list, drawn) => list[Math.min(list.length - 1, Math.floor(drawn * list.length))];
