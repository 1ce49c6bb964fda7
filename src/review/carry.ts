import { join, type Text, text } from "../model/text.js";
import type { Conclusion, Verdict } from "../model/verdict.js";

/** A pull request of a merge group, and what its gate says for this base. */
export interface Member {
  readonly number: number;
  /** Null where it is not known, or closed, or goes to another base. */
  readonly headSha: string | null;
  /** What its check on that head and base says: `in_progress` or a conclusion; null where there is none. */
  readonly state: string | null;
  readonly verdict: Verdict | null;
}

/** What a merge group gets from the pull requests in it. */
export type Carried =
  | { readonly status: "open"; readonly title: Text; readonly members: readonly Member[] }
  | { readonly status: "closed"; readonly conclusion: Exclude<Conclusion, "success">; readonly title: Text }
  /** A member is being judged anew; it will be known soon. */
  | { readonly status: "wait"; readonly title: Text };

const numbered = ({ number }: Member): Text => [`#${number}`];

const closed = (title: Text, conclusion: "failure" | "action_required" = "action_required"): Exclude<Carried, { status: "open" }> => ({
  status: "closed",
  conclusion,
  title,
});

/** Why this member keeps the group from being open; null when it does not. */
function against(member: Member): Exclude<Carried, { status: "open" }> | null {
  const { verdict, state } = member;
  const who = numbered(member);
  if (member.headSha === null) return closed(text`${who} of this group is not known here`);
  if (verdict?.awaiting) return closed(text`${who} of this group still waits: ${verdict.awaiting.what}`);
  if (state === "in_progress") return { status: "wait", title: text`${who} of this group is being judged anew` };
  if (verdict === null || state === null) return closed(text`${who} of this group has not been judged for this base`);
  if (verdict.conclusion !== "success") return closed(text`Carried from ${who}: ${verdict.title}`, verdict.conclusion);
  return state === "success" ? null : closed(text`the check of ${who} of this group is not open`);
}

const RANK = ["failure", "action_required"];

const rankOf = (found: Exclude<Carried, { status: "open" }>): number =>
  found.status === "wait" ? RANK.length : RANK.indexOf(found.conclusion);

/** The strictest of what the members' gates say: a group is open only when each of them is. */
export function carry(members: readonly Member[]): Carried {
  const [strictest] = members
    .map(against)
    .filter((found) => found !== null)
    .toSorted((one, other) => rankOf(one) - rankOf(other));
  if (strictest !== undefined) return strictest;
  const [only, ...others] = members;
  if (only === undefined) return closed(text`nothing says which pull requests this group holds`);
  const title =
    others.length === 0
      ? text`Carried from ${numbered(only)}: ${only.verdict?.title ?? []}`
      : text`Carried from ${join(members.map(numbered), ", ")}: each is open on its own head`;
  return { status: "open", title, members };
}
