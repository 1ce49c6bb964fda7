import { type Text, text } from "../model/text.js";

/** What protects a branch, as far as its merge gate is concerned. */
export interface Protection {
  /** Checks that a merge waits for. `source` is the App that has to set it, null for any. */
  readonly required: readonly { readonly name: string; readonly source: number | null }[];
  /** Apps beside ours that have set a check of our name on a head of the branch; null stands for one of no App. */
  readonly others: readonly (number | null)[];
}

/** What is wrong with it, and what mends it. */
export interface Weakness {
  readonly code: "not-required" | "any-source" | "other-source" | "same-name";
  readonly message: Text;
  readonly remedy: Text;
}

const REMEDY = "Settings → Rules → Rulesets: require the check, with this App as its source";

const listed = (apps: readonly (number | null)[]): string => apps.map((app) => (app === null ? "no App" : `App ${app}`)).join(", ");

function required({ required: all }: Protection, name: string, appId: number): readonly Weakness[] {
  const own = all.filter((check) => check.name === name);
  if (own.length === 0) {
    return [
      {
        code: "not-required",
        message: text`neither a ruleset nor branch protection requires ${name}, so a merge does not wait for it`,
        remedy: [REMEDY],
      },
    ];
  }
  if (own.some(({ source }) => source === appId)) return [];
  const foreign = own.flatMap(({ source }) => source ?? []);
  if (foreign.length === 0) {
    return [{ code: "any-source", message: text`${name} is taken from any source, so whoever may write can set it`, remedy: [REMEDY] }];
  }
  return [
    { code: "other-source", message: text`${name} is expected from ${[listed(foreign)]}, not from this App (${appId})`, remedy: [REMEDY] },
  ];
}

/**
 * The gate is only as strong as the repository's rule. Who may bypass the rules, a token that only reads cannot see.
 */
export function weaknesses(protection: Protection, name: string, appId: number): readonly Weakness[] {
  const others = [...new Set(protection.others)].filter((app) => app !== appId);
  if (others.length === 0) return required(protection, name, appId);
  const remedy = text`find out who sets it; with this App as the expected source it opens nothing`;
  return [...required(protection, name, appId), { code: "same-name", message: text`${name} was also set by ${[listed(others)]}`, remedy }];
}

/** One line for the check; null where nothing is wrong. */
export function weaknessLine(found: readonly Weakness[]): Text | null {
  const [first, ...others] = found;
  if (first === undefined) return null;
  const more = others.map(({ message }) => text`; ${message}`);
  return text`⚠️ This gate can be passed by: ${first.message}${more.flat()}. ${first.remedy}.`;
}
