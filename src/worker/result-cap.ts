import { type Caps, DEFAULT_CAPS } from "../formats/caps.js";
import { text } from "../model/text.js";

/** The setting's name, for the operator's environment and for the sentences about it. */
export const RESULT_CAP = "REDLINE_RESULT_CAP";

export const DEFAULT_RESULT_CAP = DEFAULT_CAPS.streamed;

/** A zip of a quarter of it is held in memory while it is read. */
const MOST = 4_000_000_000;

const UNITS: ReadonlyMap<string, number> = new Map([
  ["MB", 1e6],
  ["GB", 1e9],
]);

/** `500MB`, `1GB`: decimal units, whole numbers. @returns bytes, or what is wrong with it */
export function parseResultCap(written: string): number | { readonly problem: string } {
  const [, digits = "", unit = ""] = /^(\d{1,5})(MB|GB)$/.exec(written) ?? [];
  const bytes = Number(digits) * (UNITS.get(unit) ?? Number.NaN);
  if (Number.isNaN(bytes)) return { problem: `${RESULT_CAP} is not a size, such as 500MB or 1GB` };
  if (bytes < DEFAULT_RESULT_CAP) return { problem: `${RESULT_CAP} is below 200MB, which is the cap without it` };
  if (bytes > MOST) return { problem: `${RESULT_CAP} is above 4GB, the most that is taken` };
  return bytes;
}

/** Everything that follows from the one setting, in bytes and ms. */
export interface ArtifactCaps {
  readonly zipBytes: number;
  readonly unpackedBytes: number;
  readonly deadlineMs: number;
  /** Of one result file. A format that is read as a whole needs some ten times its size in memory: its cap stays. */
  readonly file: Caps;
}

export const RAISE = text`let the operator of this App raise ${[RESULT_CAP]}`;

/** By default: 50 MB zipped, 200 MB unpacked, 20 s of unpacking. A raised cap raises each by as much. */
export const artifactCaps = (resultCap: number): ArtifactCaps => ({
  zipBytes: resultCap / 4,
  unpackedBytes: resultCap,
  deadlineMs: 20_000 * Math.max(1, resultCap / DEFAULT_RESULT_CAP),
  file: { whole: DEFAULT_CAPS.whole, streamed: resultCap, raise: RAISE },
});
