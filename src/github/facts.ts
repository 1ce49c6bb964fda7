import { z } from "zod";
import { CONFIGURATION_BYTES, CONFIGURATION_PATH, STATISTICS_BYTES, STATISTICS_PATH } from "../config/file.js";
import type { ConfigurationFile, RepositoryFile } from "../evidence/sources.js";
import { type GitHub, query, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";
import { type EndedRun, endedRunsOf, headRuns, treeOf } from "./head-runs.js";
import { pullRequestFacts } from "./queries.js";
import {
  type Actor,
  actor,
  actorOf,
  type Contributors,
  commits,
  contributorsOf,
  type PullLabel,
  type TimelineEvent,
  timeline,
  timelineOf,
} from "./timeline.js";

/** Everything a reconcile must know anew about a pull request. */
export interface PullFacts extends RepositoryName {
  readonly repositoryId: number;
  readonly url: string;
  readonly organization: boolean;
  /** Empty when the repository has none. */
  readonly defaultBranch: string;
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  readonly locked: boolean;
  readonly changedFiles: number;
  /** ISO 8601, by GitHub's clock. */
  readonly updatedAt: string;
  /** `repositoryId` is null when the fork was deleted; `tree` names the whole content, where it was told. */
  readonly head: { readonly sha: string; readonly repositoryId: number | null; readonly tree?: string };
  /** `sha` is the tip of the base branch. */
  readonly base: { readonly ref: string; readonly sha: string };
  /** Null for a deleted account. */
  readonly author: Actor | null;
  readonly labels: readonly PullLabel[];
  /** Labels put and taken, forced pushes and changes of the base branch, oldest first; null where it was not told. */
  readonly timeline: readonly TimelineEvent[] | null;
  /** Null where it was not told. */
  readonly contributors: Contributors | null;
  /** Workflow runs of the head that have ended; absent where it was not told. */
  readonly endedRuns?: readonly EndedRun[];
  readonly configuration: ConfigurationFile;
  /** The file of planner statistics at its usual path. */
  readonly statistics: RepositoryFile;
}

export interface PullName extends RepositoryName {
  readonly number: number;
}

const file = z
  .object({
    object: z.object({ text: z.string().nullish(), isBinary: z.boolean().nullish(), byteSize: z.number().optional() }).nullable(),
  })
  .nullish();

const pullRequest = z.object({
  number: z.number(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  locked: z.boolean(),
  changedFiles: z.number(),
  updatedAt: z.string(),
  headRefOid: z.string(),
  headRepository: z.object({ databaseId: z.number() }).nullable(),
  baseRefName: z.string(),
  author: actor,
  labels: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }).nullable(),
  timelineItems: timeline,
  commits,
  headCommit: headRuns,
  baseRef: z.object({ target: z.object({ oid: z.string(), file, statistics: file }) }).nullable(),
});

/** The part of an answer that the facts are read from. */
export const repositoryShape = z.object({
  databaseId: z.number(),
  url: z.string(),
  isInOrganization: z.boolean(),
  defaultBranchRef: z.object({ name: z.string() }).nullable(),
  pullRequest: pullRequest.nullable(),
});

const answer = z.object({ repository: repositoryShape.nullable() });

type PullAnswer = z.infer<typeof pullRequest>;

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

const fileOf = (path: string, bytes: number, found: z.infer<typeof file>): RepositoryFile => {
  const nothing = { path, text: null };
  const blob = found?.object;
  if (!blob) return nothing;
  if (blob.byteSize === undefined) return { ...nothing, unreadable: "it is not a file" };
  if (blob.byteSize > bytes) return { ...nothing, unreadable: `it is larger than ${bytes / 1024} KB` };
  return typeof blob.text === "string" && blob.isBinary !== true ? { path, text: blob.text } : { ...nothing, unreadable: "it is binary" };
};

const ofPull = (pull: PullAnswer, target: NonNullable<PullAnswer["baseRef"]>["target"]) => ({
  number: pull.number,
  state: states[pull.state],
  draft: pull.isDraft,
  locked: pull.locked,
  changedFiles: pull.changedFiles,
  updatedAt: pull.updatedAt,
  head: {
    sha: pull.headRefOid,
    repositoryId: pull.headRepository?.databaseId ?? null,
    ...treeOf(pull.headCommit, pull.headRefOid),
  },
  base: { ref: pull.baseRefName, sha: target.oid },
  author: actorOf(pull.author),
  labels: pull.labels?.nodes ?? [],
  timeline: timelineOf(pull.timelineItems),
  contributors: contributorsOf(pull.commits),
  endedRuns: endedRunsOf(pull.headCommit, pull.headRefOid),
  configuration: fileOf(CONFIGURATION_PATH, CONFIGURATION_BYTES, target.file),
  statistics: fileOf(STATISTICS_PATH, STATISTICS_BYTES, target.statistics),
});

/** Null when the pull request, or its base branch, is gone. */
export const factsOf = (name: RepositoryName, repository: z.infer<typeof repositoryShape> | null): PullFacts | null => {
  const pull = repository?.pullRequest;
  if (!repository || !pull?.baseRef) return null;
  return {
    owner: name.owner,
    name: name.name,
    repositoryId: repository.databaseId,
    url: repository.url,
    organization: repository.isInOrganization,
    defaultBranch: repository.defaultBranchRef?.name ?? "",
    ...ofPull(pull, pull.baseRef.target),
  };
};

/** The variables of a query that asks for the facts. */
export const factsVariables = ({ owner, name, number }: PullName) => ({
  ...{ owner, name, number },
  configuration: CONFIGURATION_PATH,
  statistics: STATISTICS_PATH,
});

/** The facts, and the answer that they were read from: kept, it gives the same facts again. */
export interface ReadFacts {
  readonly facts: PullFacts;
  readonly answer: object;
}

/** What a stored answer says; null when it is one that an earlier version understood. */
export function storedFacts(name: RepositoryName, stored: object): PullFacts | null {
  const read = repositoryShape.safeParse(stored);
  return read.success ? factsOf(name, read.data) : null;
}

/** The pull request as it is now, in one query; null when it, or its base branch, is gone. @throws GitHubError */
export async function readPull(github: GitHub, pull: PullName): Promise<ReadFacts | null> {
  try {
    const { repository } = await query(github, "query PullRequestFacts", pullRequestFacts, factsVariables(pull), answer);
    const facts = factsOf(pull, repository);
    return repository && facts && { facts, answer: repository };
  } catch (error) {
    if (failedAs(error, "not-found")) return null;
    throw error;
  }
}

/** Its facts alone. @throws GitHubError */
export const readFacts = async (github: GitHub, pull: PullName): Promise<PullFacts | null> => (await readPull(github, pull))?.facts ?? null;
