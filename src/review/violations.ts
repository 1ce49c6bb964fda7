import type { Comparison } from "../model/judgement.js";
import type { Violation } from "../model/override.js";
import type { Finding } from "../model/rule.js";
import { plain, type Text, text } from "../model/text.js";

/** The figure so that larger is worse: what is measured lies on the bad side of its limit. */
const worth = ({ measured }: Finding): number | null => {
  if (!measured) return null;
  return measured.actual >= measured.limit ? measured.actual : -measured.actual;
};

/** Of a finding without a subject the sentence says what it is about, figures included: another figure is another violation. */
const keyOf = ({ rule, subject, at, message }: Finding): string =>
  JSON.stringify(subject === undefined ? [rule, at?.path ?? "", plain(message)] : [rule, subject]);

/** A finding that closes the gate. */
export const ofFinding = (finding: Finding): Violation => ({
  key: keyOf(finding),
  worth: finding.subject === undefined ? null : worth(finding),
  text: finding.title ?? finding.message,
});

/** A benchmark that looks slower, where the configuration closes the gate for that. */
export const ofSuspect = ({ benchmark, metric, change, better, reason }: Comparison): Violation => ({
  key: JSON.stringify(["suspect", benchmark, metric]),
  worth: change !== null && better === "higher" ? -change : change,
  text: text`${benchmark} looks slower, and on_suspect is block: ${reason}`,
});

/** Evidence that is missing or broken, or an answer that is. */
export const ofGap = (reason: Text): Violation => ({ key: JSON.stringify(["gap", plain(reason)]), worth: null, text: reason });
