import { TRUST_LINE } from "../model/rule.js";
import { type Text, text } from "../model/text.js";
import type { ChecklistLine } from "../model/verdict.js";
import { count } from "./examination.js";

const quoted = ({ item, text: line }: ChecklistLine): Text => (item.startsWith("own/") ? text`${line}` : text`“${[line]}”`);

function gap(line: ChecklistLine): Text | null {
  const { outcome } = line;
  if (line.item === TRUST_LINE && outcome.status === "not-checked") return text`somebody has to vouch for the results: ${outcome.reason}`;
  const asked = text`the configuration requires the line ${quoted(line)}`;
  if (outcome.status === "failed") return text`${asked}, which has ${count(outcome.findings.length, "finding")}`;
  if (outcome.status === "not-checked") return text`${asked}, which nobody has ticked: ${outcome.reason}`;
  if (outcome.status !== "attested" || outcome.standing === undefined) return null;
  const who = outcome.standing === "bot" ? text`a bot` : text`the author of this pull request`;
  return text`${asked}, and ${outcome.by}, who ticked it, is ${who}: a second person has to`;
}

/**
 * Why lines that the configuration requires keep the gate closed. Passed and not applicable are answers; a tick is one
 * only when a person gave it who did not write the change.
 */
export function unanswered(lines: readonly ChecklistLine[]): readonly Text[] {
  return lines
    .filter(({ required }) => required)
    .map(gap)
    .filter((found) => found !== null);
}
