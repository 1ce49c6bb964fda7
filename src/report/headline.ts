import { capitalised, plain, type Text, text } from "../model/text.js";
import type { Review, Verdict } from "../model/verdict.js";
import type { Anchor } from "./section.js";

export type Mood = "open" | "warned" | "closed" | "waiting";

/** An open gate that hides something (advisory mode, an override) is not simply green. */
export function mood(verdict: Verdict): Mood {
  if (verdict.awaiting) return "waiting";
  if (verdict.conclusion !== "success") return "closed";
  return verdict.violations.length > 0 ? "warned" : "open";
}

export const moodMarks: Readonly<Record<Mood, string>> = { open: "✅", warned: "⚠️", closed: "❌", waiting: "⏳" };

const ended = (sentence: Text): boolean => /[.!?…]$/u.test(plain(sentence));

/** The verdict in a few words, with the mode in front. */
export function title(verdict: Verdict): Text {
  return verdict.advisory && !plain(verdict.title).startsWith("advisory") ? text`advisory: ${verdict.title}` : verdict.title;
}

/** The verdict and what has to be done about it. */
export function headline(verdict: Verdict): Text {
  const said = capitalised(title(verdict));
  if (verdict.action.length === 0) return said;
  return text`${said}${[ended(verdict.title) ? " " : ". "]}${verdict.action}`;
}

/** The section of docs/blocked.md for the verdict as a whole; null when nothing is closed. */
export function headlineAnchor({ verdict, configuration, budgets, comparisons }: Review): Anchor | null {
  if (verdict.violations.length === 0) return null;
  if (configuration.state === "invalid") return "configuration-invalid";
  if (verdict.conclusion === "action_required") return "evidence-missing";
  if (budgets.some((budget) => budget.decision === "fail")) return "budget-exceeded";
  return comparisons.some((comparison) => comparison.blocks) ? "regression" : "blocking-finding";
}
