import { z } from "zod";
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

/** The part of an answer that contents and ancestors are read from; contents are `o0`, `o1`, … */
export const blobsShape = z.object({ ancestors: ancestorsShape }).catchall(z.unknown());

const answer = z.object({ repository: blobsShape });

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

/** What a query asks for: contents, and the line of commits before the merge base. */
export interface Wanted {
  readonly mergeBase: string;
  readonly expressions: readonly string[];
}

/** The variables of a query that asks for contents. */
export const blobVariables = ({ mergeBase, expressions }: Wanted): Record<string, string> => ({
  mergeBase,
  ...Object.fromEntries(expressions.map((expression, index) => [`e${index}`, expression])),
});

/** Contents and ancestors out of the answer to such a query. */
export function blobsOf(repository: z.infer<typeof blobsShape>, { mergeBase, expressions }: Wanted): Blobs {
  const contents = expressions.map((expression, index) => [expression, blobOf(blobShape.parse(repository[`o${index}`]))] as const);
  return { contents: new Map(contents), ancestors: firstParents(mergeBase, repository.ancestors?.history?.nodes ?? []) };
}

async function readChunk(github: GitHub, { owner, name }: RepositoryName, wanted: Wanted): Promise<Blobs> {
  const document = blobsQuery(wanted.expressions.length);
  const { repository } = await query(github, "query Blobs", document, { owner, name, ...blobVariables(wanted) }, answer);
  return blobsOf(repository, wanted);
}

/** Reads what is wanted beyond the first query's share, {@link CHUNK} contents a query. @throws GitHubError */
export async function readRest(github: GitHub, repository: RepositoryName, wanted: Wanted, first: Blobs): Promise<Blobs> {
  const contents = new Map(first.contents);
  for (let from = CHUNK; from < wanted.expressions.length; from += CHUNK) {
    const chunk = await readChunk(github, repository, { ...wanted, expressions: wanted.expressions.slice(from, from + CHUNK) });
    for (const [expression, blob] of chunk.contents) contents.set(expression, blob);
  }
  return { ...first, contents };
}

/** As much as one query asks for. */
export const firstOf = ({ mergeBase, expressions }: Wanted): Wanted => ({ mergeBase, expressions: expressions.slice(0, CHUNK) });

/** Reads contents and ancestors. @throws GitHubError */
export async function readBlobs(github: GitHub, repository: RepositoryName, wanted: Wanted): Promise<Blobs> {
  return readRest(github, repository, wanted, await readChunk(github, repository, firstOf(wanted)));
}
