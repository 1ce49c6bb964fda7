import { type Text, text } from "../model/text.js";
import type { Override } from "../model/verdict.js";
import { moment, shortSha } from "./phrases.js";
import type { Section } from "./section.js";

const when = (at: string): Text => (at === "" ? [] : text` on ${moment(at)}`);

const sentence = (override: Override): Text => {
  const { by, label, at, sha } = override;
  const fact = text`${by} put the label ${label}${when(at)} for ${shortSha(sha)}`;
  if (override.status === "refused") return text`❌ Refused: ${fact}. It opens nothing: ${override.reason}.`;
  if (override.status === "void") return text`⚠️ No longer valid: ${fact}. It ended because ${override.reason}.`;
  return text`✅ Granted: ${fact}, as a member of ${override.team}. It ends with the next push and covers only what is listed here.`;
};

/** Who asked for an override, when, for which commit, what it covers, or why it opens nothing. */
export function overrideSection(override: Override | undefined): Section {
  const covers = override?.status === "granted" ? override.covers.map((violation) => [violation]) : [];
  return { title: ["Override"], anchor: "override", header: [], rows: override ? [[sentence(override)], ...covers] : [], folded: false };
}
