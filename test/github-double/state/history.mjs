import { remember } from "./git.mjs";

/** All commits reachable from `sha`, itself first, newest date first among what is ready, parents after children. */
export function history(objects, sha, limit = Number.POSITIVE_INFINITY) {
  const seen = new Set([sha]);
  const ready = [sha];
  const found = [];
  while (ready.length > 0 && found.length < limit) {
    ready.sort((a, b) => Date.parse(objects.commits.get(b).date) - Date.parse(objects.commits.get(a).date));
    const commit = objects.commits.get(ready.shift());
    found.push(commit);
    for (const parent of commit.parents.filter((candidate) => !seen.has(candidate))) {
      seen.add(parent);
      ready.push(parent);
    }
  }
  return found;
}

function reachable(objects, sha) {
  const seen = new Set();
  const pending = [sha];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    pending.push(...objects.commits.get(at).parents);
  }
  return seen;
}

/** The best common ancestor: one that no other common ancestor reaches. Null when the histories are unrelated. */
export const mergeBase = (objects, a, b) => remember(objects, `base ${a} ${b}`, () => findMergeBase(objects, a, b));

function findMergeBase(objects, a, b) {
  const ofA = reachable(objects, a);
  const common = [...reachable(objects, b)].filter((sha) => ofA.has(sha));
  // The common ancestors are closed under parenthood, so whoever is reached from another is somebody's direct parent.
  const shadowed = new Set(common.flatMap((sha) => objects.commits.get(sha).parents));
  const best = common.filter((sha) => !shadowed.has(sha));
  return best.sort((x, y) => Date.parse(objects.commits.get(y).date) - Date.parse(objects.commits.get(x).date))[0] ?? null;
}

/** Commits of `head` that `base` does not have, oldest first. */
export const commitsAhead = (objects, base, head) => remember(objects, `ahead ${base} ${head}`, () => findAhead(objects, base, head));

function findAhead(objects, base, head) {
  const known = reachable(objects, base);
  return history(objects, head)
    .filter((commit) => !known.has(commit.sha))
    .reverse();
}

export const isAncestor = (objects, ancestor, sha) => reachable(objects, sha).has(ancestor);
