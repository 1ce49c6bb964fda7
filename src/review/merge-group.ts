import { type Text, text } from "../model/text.js";

/** A commit as a comparison lists it. `subject` is foreign text. */
export interface GroupCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly subject: string;
}

/** A merge group as its queue named it: after one pull request, or 0, and where its own commits begin. */
export interface NamedGroup {
  readonly headSha: string;
  readonly baseSha: string;
  readonly number: number;
}

/** What is known of a merge group before anybody's verdict is looked at. */
export interface GroupFacts {
  readonly group: NamedGroup;
  /** Everything that the base branch does not have yet. */
  readonly commits: readonly GroupCommit[];
  /** GitHub listed only a part. */
  readonly truncated: boolean;
  /** Pull requests into the same base by number and head. */
  readonly pulls: readonly { readonly number: number; readonly headSha: string }[];
  /** Groups that this one may stand on. */
  readonly earlier: readonly NamedGroup[];
}

/** Whose changes a group contains, or why nobody can tell. */
export type Contained = { readonly numbers: readonly number[] } | { readonly unknown: Text };

const short = (sha: string): string => sha.slice(0, 7);

/** A stretch of the group's line of first parents, and whose it is as far as the queue named it. */
interface Stretch {
  readonly owner: number;
  readonly commits: readonly GroupCommit[];
}

/** First parents from the head down to the base branch, newest first. A line that comes back to itself ends there. */
function lineOf({ group, commits }: GroupFacts): readonly GroupCommit[] {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  const line: GroupCommit[] = [];
  for (let at = known.get(group.headSha); at !== undefined; at = known.get(at.parents[0] ?? "")) {
    line.push(at);
    known.delete(at.sha);
  }
  return line;
}

/** The line, cut where a group ends and where one begins. A stretch that no group names belongs to nobody. */
function stretchesOf(facts: GroupFacts): readonly Stretch[] {
  const named = [facts.group, ...facts.earlier];
  const heads = new Map(named.map(({ headSha, number }) => [headSha, number]));
  const bases = new Set(named.map(({ baseSha }) => baseSha));
  const stretches: { owner: number; commits: GroupCommit[] }[] = [];
  for (const commit of lineOf(facts)) {
    const owner = heads.get(commit.sha);
    if (owner !== undefined || bases.has(commit.sha) || stretches.length === 0) stretches.push({ owner: owner ?? 0, commits: [] });
    stretches.at(-1)?.commits.push(commit);
  }
  return stretches;
}

/** The number that GitHub puts at the end of a squashed commit's subject; null where there is none. */
function titled({ subject }: GroupCommit): number | null {
  const number = /\(#(\d{1,9})\)\s{0,9}$/.exec(subject.slice(-32))?.[1];
  return number === undefined ? null : Number(number);
}

/** A merge names the head that it merged: it must be one that is known. */
function mergedBy(commit: GroupCommit, { pulls }: GroupFacts): Contained {
  const numbers: number[] = [];
  for (const parent of commit.parents.slice(1)) {
    const found = pulls.filter(({ headSha }) => headSha === parent);
    if (found.length === 0)
      return { unknown: text`${short(commit.sha)} merges ${short(parent)}, which is the head of no open pull request` };
    numbers.push(...found.map(({ number }) => number));
  }
  return { numbers };
}

/**
 * Squashed or rebased commits say nothing that could be proven. One alone, or rebased ones, are the stretch's owner's;
 * where every subject ends in a number they may be several squashed pull requests, and all of them count.
 */
function rewritten(commits: readonly GroupCommit[], owner: number): Contained {
  const own = owner === 0 ? [] : [owner];
  if (commits.length === 0 || (commits.length === 1 && owner !== 0)) return { numbers: commits.length === 0 ? [] : own };
  const numbers = commits.flatMap((commit) => titled(commit) ?? []);
  if (numbers.length === commits.length) return { numbers: [...numbers, ...own] };
  return owner === 0 ? { unknown: text`nothing says which pull request ${short(commits[0]?.sha ?? "")} belongs to` } : { numbers: own };
}

function both(one: Contained, other: Contained): Contained {
  if ("unknown" in one) return one;
  return "unknown" in other ? other : { numbers: [...one.numbers, ...other.numbers] };
}

const ofStretch = ({ owner, commits }: Stretch, facts: GroupFacts): Contained =>
  commits
    .filter(({ parents }) => parents.length > 1)
    .map((commit) => mergedBy(commit, facts))
    .reduce(
      both,
      rewritten(
        commits.filter(({ parents }) => parents.length < 2),
        owner,
      ),
    );

/**
 * Which pull requests a merge group contains. Its branch names only the last one; the commits tell the others. What
 * cannot be told is unknown, and an unknown group is closed.
 */
export function containedPulls(facts: GroupFacts): Contained {
  if (facts.truncated) return { unknown: text`the group holds more commits than GitHub lists` };
  const found = stretchesOf(facts)
    .map((stretch) => ofStretch(stretch, facts))
    .reduce(both, { numbers: [] });
  if ("unknown" in found) return found;
  const numbers = [...new Set(found.numbers)].toSorted((one, other) => one - other);
  return numbers.length === 0 ? { unknown: text`the group holds no commit that the base branch lacks` } : { numbers };
}
