import { z } from "zod";
import { CONFIGURATION_PATH } from "../config/file.js";
import { type GitHub, query, type RepositoryName } from "./call.js";
import { blobsQuery } from "./queries.js";

/** A file's text, or why there is none. */
export type Blob = { readonly text: string } | { readonly unread: string };

/** Contents by their expressions `sha:path`, and the first parents of the merge base, itself first. */
export interface Blobs {
  readonly contents: ReadonlyMap<string, Blob>;
  readonly ancestors: readonly string[];
}

/** Larger files are named, not read: no statement or route of interest is in them. In bytes; GitHub cuts texts there too. */
const MAX_BYTES = 512 * 1024;

/** Expressions in one query, and ancestors that are kept. */
const CHUNK = 100;
const ANCESTORS = 20;

const blobShape = z
  .object({
    text: z.string().nullish(),
    isBinary: z.boolean().nullish(),
    isTruncated: z.boolean().optional(),
    byteSize: z.number().optional(),
  })
  .nullish();

const commit = z.object({ oid: z.string(), parents: z.object({ nodes: z.array(z.object({ oid: z.string() })) }) });
const ancestorsShape = z.object({ history: z.object({ nodes: z.array(commit) }).optional() }).nullable();
const answer = z.object({ repository: z.object({ ancestors: ancestorsShape }).catchall(z.unknown()) });

const blobOf = (blob: z.infer<typeof blobShape>): Blob => {
  if (blob?.byteSize === undefined) return { unread: "not a file (a submodule or a directory)" };
  if (blob.byteSize > MAX_BYTES || blob.isTruncated === true) return { unread: "larger than 512 KB" };
  return typeof blob.text === "string" && blob.isBinary !== true ? { text: blob.text } : { unread: "binary" };
};

const firstParents = (mergeBase: string, commits: readonly z.infer<typeof commit>[]): readonly string[] => {
  const parents = new Map(commits.map(({ oid, parents: { nodes } }) => [oid, nodes[0]?.oid]));
  const line: string[] = [];
  for (let sha: string | undefined = mergeBase; sha !== undefined && line.length < ANCESTORS; sha = parents.get(sha)) line.push(sha);
  return line;
};

async function readChunk(
  github: GitHub,
  { owner, name }: RepositoryName,
  mergeBase: string,
  expressions: readonly string[],
): Promise<Blobs> {
  const variables = Object.fromEntries(expressions.map((expression, index) => [`e${index}`, expression]));
  const document = blobsQuery(expressions.length);
  const { repository } = await query(github, "query Blobs", document, { owner, name, mergeBase, ...variables }, answer);
  const contents = expressions.map((expression, index) => [expression, blobOf(blobShape.parse(repository[`o${index}`]))] as const);
  return { contents: new Map(contents), ancestors: firstParents(mergeBase, repository.ancestors?.history?.nodes ?? []) };
}

/** Reads the contents of these expressions, 100 a query. @throws GitHubError */
export async function readBlobs(
  github: GitHub,
  repository: RepositoryName,
  mergeBase: string,
  expressions: readonly string[],
): Promise<Blobs> {
  // A query that uses no expression is not valid GraphQL (unused fragment), and the ancestors are wanted all the same.
  const wanted = expressions.length > 0 ? expressions : [`${mergeBase}:${CONFIGURATION_PATH}`];
  const contents = new Map<string, Blob>();
  let ancestors: readonly string[] = [];
  for (let from = 0; from < wanted.length; from += CHUNK) {
    const chunk = await readChunk(github, repository, mergeBase, wanted.slice(from, from + CHUNK));
    for (const [expression, blob] of chunk.contents) contents.set(expression, blob);
    ancestors = chunk.ancestors;
  }
  return { contents, ancestors };
}
