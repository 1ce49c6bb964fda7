import { corpora } from "./corpora.js";
import type { RecordedFinding, Verdict } from "./judged.js";

export type VerdictOf = (found: RecordedFinding) => Verdict | null;

/** The set that a history belongs to, by the name of the run in which it was first read. */
export const useOf = (repository: string): string => corpora.find(({ name }) => name === repository)?.use ?? "other";

export const share = (part: number, whole: number): string => (whole === 0 ? "–" : `${Math.round((100 * part) / whole)} %`);

export const perChange = (findings: number, commits: number): string => (findings / Math.max(1, commits)).toFixed(3);

/** Wilson's interval for a share, at 95 %. */
function interval(part: number, whole: number): string {
  if (whole === 0) return "–";
  const [z2, p] = [1.96 ** 2, part / whole];
  const middle = (p + z2 / (2 * whole)) / (1 + z2 / whole);
  const half = (1.96 * Math.sqrt((p * (1 - p)) / whole + z2 / (4 * whole ** 2))) / (1 + z2 / whole);
  return `${Math.round(100 * (middle - half))}–${Math.round(100 * (middle + half))} %`;
}

/** The columns that `counts` fills. */
export const COUNTED = ["findings", "read", "right", "benign", "wrong", "right", "95 %", "right or benign"];

/** How often findings were right, of those that were read. */
export function counts(findings: readonly RecordedFinding[], verdictOf: VerdictOf): readonly string[] {
  const verdicts = findings.map(verdictOf);
  const of = (wanted: Verdict): number => verdicts.filter((one) => one === wanted).length;
  const read = verdicts.filter((one) => one !== null).length;
  const right = of("right");
  return [
    String(findings.length),
    String(read),
    String(right),
    String(of("benign")),
    String(of("wrong")),
    share(right, read),
    interval(right, read),
    share(right + of("benign"), read),
  ];
}
