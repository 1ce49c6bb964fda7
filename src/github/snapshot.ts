import { CONFIGURATION_PATH } from "../config/file.js";
import type { ChangedFile, Snapshot } from "../model/pull-request.js";
import { type Blobs, readBlobs, type Wanted } from "./blobs.js";
import type { GitHub } from "./call.js";
import { type ChangedFiles, compareSides, type Listed, wholeList } from "./changed-files.js";
import type { PullFacts } from "./facts.js";

export interface ReadSnapshot {
  readonly snapshot: Snapshot;
  /** First parents, the merge base first; at most 20. */
  readonly ancestors: readonly string[];
}

/** Files that are read beside SQL and the configuration, which always are. */
const OTHERS = 200;

const BINARY =
  /\.(?:png|jpe?g|gif|webp|avif|ico|pdf|zip|gz|tgz|bz2|xz|7z|jar|war|class|so|dylib|dll|exe|wasm|woff2?|ttf|otf|eot|mp[34]|mov|webm|sqlite3?|parquet)$/i;

const always = ({ path, previousPath }: Listed): boolean =>
  /\.sql$/i.test(path) || path === CONFIGURATION_PATH || previousPath === CONFIGURATION_PATH;

/** Why a file is not asked for; null when it is. */
const plan = (files: readonly Listed[]): ReadonlyMap<Listed, string | null> => {
  let others = 0;
  const reasonOf = (file: Listed): string | null => {
    if (always(file)) return null;
    if (BINARY.test(file.path)) return "binary";
    others += 1;
    return others > OTHERS ? `more than ${OTHERS} files changed` : null;
  };
  return new Map(files.map((file) => [file, reasonOf(file)]));
};

interface Sides {
  readonly base?: string;
  readonly head?: string;
}

const sides = (file: Listed, mergeBase: string, head: string): Sides => ({
  ...(file.status !== "added" && { base: `${mergeBase}:${file.previousPath ?? file.path}` }),
  ...(file.status !== "removed" && { head: `${head}:${file.path}` }),
});

const changedFile = (file: Listed, { base, head }: Sides, contents: Blobs["contents"]): ChangedFile => {
  const before = base === undefined ? undefined : contents.get(base);
  const after = head === undefined ? undefined : contents.get(head);
  const unread = [after, before].find((blob) => blob !== undefined && "unread" in blob);
  return {
    ...file,
    ...(before && "text" in before && { base: before.text }),
    ...(after && "text" in after && { head: after.text }),
    ...(unread && "unread" in unread && { unread: unread.unread }),
  };
};

const commitOf = (facts: PullFacts, sha: string) => ({ sha, url: `${facts.url}/commit/${sha}` });

const snapshotOf = (facts: PullFacts, mergeBase: string, files: readonly ChangedFile[], incomplete: string | undefined): Snapshot => ({
  number: facts.number,
  ...(facts.author?.id != null && { author: { id: facts.author.id, login: facts.author.login } }),
  draft: facts.draft,
  repositoryUrl: facts.url,
  base: { ref: facts.base.ref, ...commitOf(facts, facts.base.sha) },
  mergeBase: commitOf(facts, mergeBase),
  head: commitOf(facts, facts.head.sha),
  files,
  ...(incomplete !== undefined && { incomplete }),
});

/** Contents that a review reads of the changed files, on both sides. */
export function wantedOf({ mergeBase, files }: ChangedFiles, head: string): Wanted {
  const reasons = plan(files);
  const expressions = files.filter((file) => reasons.get(file) === null).flatMap((file) => Object.values(sides(file, mergeBase, head)));
  return { mergeBase, expressions };
}

/** A snapshot out of what was read of its parts. */
export function assemble(facts: PullFacts, { mergeBase, files, incomplete }: ChangedFiles, { contents, ancestors }: Blobs): ReadSnapshot {
  const reasons = plan(files);
  const read = files.map((file): ChangedFile => {
    const unread = reasons.get(file);
    return typeof unread === "string" ? { ...file, unread } : changedFile(file, sides(file, mergeBase, facts.head.sha), contents);
  });
  return { snapshot: snapshotOf(facts, mergeBase, read, incomplete), ancestors };
}

/**
 * What differs between merge base and head, with the contents of both: one comparison and one query for
 * up to 300 files and 50 contents pairs. @throws GitHubError, NoCommonAncestorError
 */
export async function readSnapshot(github: GitHub, facts: PullFacts): Promise<ReadSnapshot> {
  const compared = await compareSides(github, { ...facts, base: facts.base.sha, head: facts.head.sha });
  const changed = await wholeList(github, facts, compared);
  return assemble(facts, changed, await readBlobs(github, facts, wantedOf(changed, facts.head.sha)));
}
