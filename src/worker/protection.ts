import { checkName } from "../github/checks.js";
import { markdown } from "../report/markdown.js";
import { weaknesses, weaknessLine } from "../review/protection.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import type { CheckState } from "./gate-check.js";

/** GitHub takes no more of a summary; counted in bytes to be on the safe side. */
const SUMMARY_BYTES = 65_535;

/** The check with one line about what protects the branch, as it was read last; nothing is asked for it. */
export async function withProtection(
  known: KnownPull,
  check: CheckState,
  { store, appId }: Pick<Dependencies, "store" | "appId">,
): Promise<CheckState> {
  const rules = await store.gate.rules(known, known.baseRef);
  const line = rules && weaknessLine(weaknesses(rules, checkName(known.baseRef), appId));
  if (!line) return check;
  const summary = `${check.output.summary}\n\n${markdown(line)}`;
  return Buffer.byteLength(summary) > SUMMARY_BYTES ? check : { ...check, output: { ...check.output, summary } };
}
