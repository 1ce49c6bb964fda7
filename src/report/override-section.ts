import { join, moment, type Text, text } from "../model/text.js";
import type { Override, Verdict } from "../model/verdict.js";
import { shortSha } from "./phrases.js";
import type { Section } from "./section.js";

type Held = Extract<Override, { readonly covers: readonly Text[] }>;

const when = (at: string): Text => (at === "" ? [] : text` on ${moment(at)}`);

const deed = ({ how, label }: Override): Text => {
  if (how === "command") return text`asked in a comment`;
  return how === "button" ? text`pressed “Request override”` : text`put the label ${label}`;
};

const fact = (override: Override): Text =>
  text`${override.by} ${deed(override)}${when(override.at)} for ${shortSha(override.sha)}${override.said === undefined ? [] : text` (${override.said})`}`;

const others = ({ with: people = [] }: Held): Text =>
  people.length === 0
    ? []
    : text`, with ${join(
        people.map((login) => text`${login}`),
        ", ",
      )}`;

const end = ({ expires, endsSoon }: Held): Text => {
  if (expires === undefined) return text`It ends with the next push`;
  return endsSoon
    ? text`It ends soon: on ${moment(expires)}, or with the next push`
    : text`It ends on ${moment(expires)}, or with the next push`;
};

const missing = ({ needed = 1, with: people = [] }: Held): Text => {
  const more = needed - 1 - people.length;
  return text`${more} more ${more === 1 ? ["person"] : ["people"]} of ${needed} must agree, by \`/redline override\` in a comment or the check's button`;
};

const sentence = (override: Override): Text => {
  if ("reason" in override)
    return override.status === "refused"
      ? text`❌ Refused: ${fact(override)}. It opens nothing: ${override.reason}.`
      : text`⚠️ No longer valid: ${fact(override)}. It ended because ${override.reason}.`;
  const who = text`${fact(override)}, as a member of ${override.team}${others(override)}`;
  if (override.status === "waiting") return text`⏳ Not enough yet: ${who}. ${missing(override)}.`;
  return text`✅ Granted: ${who}. ${end(override)} and covers only what is listed here.`;
};

const warning = (names: readonly string[], label: string | undefined): Text =>
  text`⚠️ ${join(
    names.map((name) => text`${name}`),
    ", ",
  )} only ${names.length === 1 ? ["looks"] : ["look"]} like the label ${label ?? "of the configuration"}, and asks for nothing.`;

/** Who asked for an override, when, for which commit, what it covers, or why it opens nothing. */
export function overrideSection({
  override,
  otherOverrides = [],
  lookalikes = [],
}: Pick<Verdict, "override" | "otherOverrides" | "lookalikes">): Section {
  const covers = override?.status === "granted" ? override.covers.map((violation) => [violation]) : [];
  const rows = [
    ...(override ? [[sentence(override)], ...covers] : []),
    ...otherOverrides.map((other) => [sentence(other)]),
    ...(lookalikes.length > 0 ? [[warning(lookalikes, override?.label)]] : []),
  ];
  return { title: ["Override"], anchor: "override", header: [], rows, folded: false };
}
