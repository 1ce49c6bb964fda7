import { isLoadTestFile } from "../evidence/load-tests.js";
import type { Tree } from "../evidence/tree.js";
import type { GitHub, RepositoryName } from "../github/call.js";
import { GitHubError } from "../github/errors.js";
import { openTarball } from "../github/tarball.js";
import type { Collected } from "../model/collected.js";
import { text } from "../model/text.js";
import { readTarball } from "../sandbox/tree.js";
import { languageOf } from "../source/language.js";
import { isSchemaFile, isVendored } from "../sql/migration-tools/wanted.js";
import type { TreeCache } from "./tree-cache.js";

/** Where a head's files are read from. */
export interface TreePlace {
  readonly github: GitHub;
  readonly repository: RepositoryName & { readonly repositoryId: number };
  readonly apiUrl: string;
  readonly trees: TreeCache;
  /** Globs of load tests that the configuration names. */
  readonly loadTests: readonly string[];
}

/** What a person has to mend or a later try does; after anything else the review goes on without the tree. */
const isToBeThrown = (error: unknown): boolean =>
  error instanceof GitHubError && ["permission", "credentials", "rate-limited"].includes(error.failure.kind);

/** What any review may want of a head: what the schema is in, source code that may hold queries, and load tests in other languages. */
const kindsOf = ({ loadTests }: TreePlace): readonly ((path: string) => boolean)[] => [
  (path) => isSchemaFile(path, []),
  (path) => languageOf(path) !== null && !isVendored(path),
  (path) => isLoadTestFile(path, { loadTests }),
];

async function download(place: TreePlace, sha: string): Promise<Collected<readonly Tree[]>> {
  try {
    const tarball = await openTarball(place.github, place.repository, sha, place.apiUrl);
    if ("refused" in tarball) return { status: "absent", reason: tarball.refused };
    return await readTarball(tarball.pieces, kindsOf(place));
  } catch (error) {
    if (isToBeThrown(error)) throw error;
    return { status: "absent", reason: text`the repository's archive could not be downloaded from GitHub` };
  }
}

/** What was not read of one kind of files matters only to those who want some of that kind. */
function wantedOf(trees: readonly Tree[], wanted: (path: string) => boolean): Tree {
  const parts = trees.map((tree) => ({ ...tree, files: tree.files.filter(({ path }) => wanted(path)) }));
  const incomplete = new Set(parts.flatMap((part, kind) => (part.files.length > 0 || kind === 0 ? (part.incomplete ?? []) : [])));
  return { files: parts.flatMap(({ files }) => files), ...(incomplete.size > 0 && { incomplete: [...incomplete].join("; ") }) };
}

/**
 * The wanted files of a head, from its tarball, which is asked for once.
 * @throws GitHubError for what a person or a later try mends
 */
export async function headTree(place: TreePlace, sha: string, wanted: (path: string) => boolean): Promise<Collected<Tree>> {
  const key = `${place.repository.repositoryId} ${sha}`;
  const kept = place.trees.get(key);
  if (kept) return { status: "collected", value: wantedOf(kept, wanted) };
  const read = await download(place, sha);
  if (read.status === "absent") return read;
  place.trees.set(key, read.value);
  return { status: "collected", value: wantedOf(read.value, wanted) };
}
