import { isBinary } from "./git.mjs";

const context = 3;
/** Above this many bytes GitHub leaves the patch out. */
const patchCap = 400_000;

/**
 * Files that differ between two trees, by path: `{ filename, previous, status, sha, additions, deletions, patch? }`.
 * `patch` is absent for binary and very large files and for submodules, as on GitHub.
 */
export function changedFiles(objects, from, to) {
  const removed = [...from].filter(([path]) => !to.has(path));
  const added = [...to].filter(([path]) => !from.has(path));
  const modified = [...to].filter(([path, entry]) => from.has(path) && from.get(path).sha !== entry.sha);
  const renames = findRenames(objects, removed, added);
  const gone = new Set(renames.map((rename) => rename.previous));
  const born = new Set(renames.map((rename) => rename.filename));
  const files = [
    ...removed.filter(([path]) => !gone.has(path)).map(([path, entry]) => file(objects, "removed", path, entry, null)),
    ...added.filter(([path]) => !born.has(path)).map(([path, entry]) => file(objects, "added", path, null, entry)),
    ...modified.map(([path, entry]) => file(objects, "modified", path, from.get(path), entry)),
    ...renames.map(({ previous, filename }) => ({ ...file(objects, "renamed", filename, from.get(previous), to.get(filename)), previous })),
  ];
  return files.sort((a, b) => (a.filename < b.filename ? -1 : 1));
}

function file(objects, status, filename, before, after) {
  const difference = { additions: 0, deletions: 0, ...lineDifference(objects, before, after) };
  return { filename, status, sha: (after ?? before).sha, ...difference };
}

function lineDifference(objects, before, after) {
  const sides = [before, after].map((entry) =>
    entry?.type === "commit" ? undefined : entry ? objects.blobs.get(entry.sha) : Buffer.alloc(0),
  );
  if (sides.some((bytes) => bytes === undefined || isBinary(bytes) || bytes.length > patchCap)) return {};
  const [old, fresh] = sides.map(linesOf);
  return sides[0].equals(sides[1]) ? {} : oneHunk(old, fresh);
}

const linesOf = (bytes) => (bytes.length === 0 ? [] : bytes.toString("utf8").replace(/\n$/, "").split("\n"));

/** A unified diff in a single hunk: right for any reader, though not always the shortest. */
function oneHunk(old, fresh) {
  let head = 0;
  while (head < Math.min(old.length, fresh.length) && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, fresh.length) - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const start = Math.max(0, head - context);
  const after = Math.min(context, tail);
  const deleted = old.slice(head, old.length - tail);
  const inserted = fresh.slice(head, fresh.length - tail);
  const range = (length) => `${length === 0 ? start : start + 1},${length}`;
  const same = (lines) => lines.map((line) => ` ${line}`);
  const lines = [
    `@@ -${range(head - start + deleted.length + after)} +${range(head - start + inserted.length + after)} @@`,
    ...same(old.slice(start, head)),
    ...deleted.map((line) => `-${line}`),
    ...inserted.map((line) => `+${line}`),
    ...same(old.slice(old.length - tail, old.length - tail + after)),
  ];
  return { additions: inserted.length, deletions: deleted.length, patch: lines.join("\n") };
}

/** Pairs a removed with an added file that shares at least half of its lines, as git does. */
function findRenames(objects, removed, added) {
  const free = new Map(added);
  return removed.flatMap(([previous, entry]) => {
    const best = [...free]
      .map(([filename, candidate]) => ({ filename, score: similarity(objects, entry, candidate) }))
      .sort((a, b) => b.score - a.score)[0];
    if (!best || best.score < 0.5) return [];
    free.delete(best.filename);
    return [{ previous, filename: best.filename }];
  });
}

function similarity(objects, a, b) {
  if (a.type !== "blob" || b.type !== "blob") return 0;
  if (a.sha === b.sha) return 1;
  const [one, two] = [a, b].map((entry) => objects.blobs.get(entry.sha));
  if (one.length === 0 || two.length === 0 || isBinary(one) || isBinary(two)) return 0;
  const known = new Set(linesOf(one));
  const lines = linesOf(two);
  return lines.filter((line) => known.has(line)).length / Math.max(known.size, lines.length);
}
