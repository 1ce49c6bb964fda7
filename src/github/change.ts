import { z } from "zod";
import { blobsOf, blobsShape, blobVariables, firstOf, readRest } from "./blobs.js";
import { type GitHub, query } from "./call.js";
import { type Compared, isWhole } from "./changed-files.js";
import { failedAs } from "./errors.js";
import { factsOf, factsVariables, type PullFacts, type PullName, type ReadFacts, repositoryShape } from "./facts.js";
import { pullRequestChange } from "./queries.js";
import { assemble, type ReadSnapshot, wantedOf } from "./snapshot.js";

/** What a pull request is now, and what it changes where the comparison was of exactly that. */
export interface ReadChange extends ReadFacts {
  readonly read: ReadSnapshot | null;
}

/** A head of a pull request, compared with the tip of its base branch. */
export interface ComparedPull extends PullName {
  readonly headSha: string;
  readonly baseRef: string;
  readonly compared: Compared;
}

const answer = z.object({ repository: repositoryShape.extend(blobsShape.shape).catchall(z.unknown()).nullable() });

/** Head and base branch may have moved since they were compared, and long lists of files are cut. */
const isOf = (facts: PullFacts, { compared, headSha, baseRef }: ComparedPull): boolean =>
  facts.head.sha === headSha && facts.base.ref === baseRef && facts.base.sha === compared.base && isWhole(compared, facts.changedFiles);

/**
 * The facts and the contents of up to 50 changed files in one query, 100 contents more with each further one; null when
 * the pull request, or its base branch, is gone. @throws GitHubError
 */
export async function readChange(github: GitHub, pull: ComparedPull): Promise<ReadChange | null> {
  const wanted = wantedOf(pull.compared, pull.headSha);
  const first = firstOf(wanted);
  const variables = { ...factsVariables(pull), ...blobVariables(first) };
  try {
    const document = pullRequestChange(first.expressions.length);
    const { repository } = await query(github, "query PullRequestChange", document, variables, answer);
    const facts = factsOf(pull, repository);
    if (repository === null || facts === null) return null;
    const told = { facts, answer: repositoryShape.parse(repository) };
    if (!isOf(facts, pull)) return { ...told, read: null };
    const blobs = await readRest(github, pull, wanted, blobsOf(repository, first));
    return { ...told, read: assemble(facts, pull.compared, blobs) };
  } catch (error) {
    if (failedAs(error, "not-found")) return null;
    throw error;
  }
}
