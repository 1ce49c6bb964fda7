import { z } from "zod";
import type { Told } from "../store/reading.js";
import type { KnownPull, PullKey, RepositoryKey } from "../store/store.js";

/** The parts that payloads share, as far as we look at them. */
export const installation = z.object({ id: z.number() });

export const repository = z.object({
  id: z.number(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  default_branch: z.string(),
});

export const account = z.object({ id: z.number(), login: z.string(), type: z.string() });

/** A pull request as the API and the `pull_request` event write it. The head's repository is null when the fork was deleted. */
export const pullRequest = z.looseObject({
  number: z.number(),
  state: z.string(),
  updated_at: z.string(),
  head: z.object({ sha: z.string(), repo: z.object({ id: z.number() }).nullable() }),
  base: z.object({ ref: z.string() }),
});

/** What the `pull_request` event tells beside that, as far as GitHub need not be asked for it. */
const toldPull = z.object({
  draft: z.boolean(),
  changed_files: z.number(),
  labels: z.array(z.object({ node_id: z.string(), name: z.string() })),
});

/** What every event of a repository carries. */
export const place = z.object({ installation, repository });

type Place = z.infer<typeof place>;

export const repositoryKey = ({ installation: { id }, repository: { id: repository } }: Place): RepositoryKey => ({
  installation: id,
  repository,
});

export const pullKey = (of: Place, number: number): PullKey => ({ ...repositoryKey(of), number });

/** Work on a repository that no pull request stands for: a baseline, a merge group, the check at installation. */
export const groupKey = (of: RepositoryKey, group: string): PullKey => ({ ...of, number: 0, group });

/** What need not be read again; null where a payload does not tell all of it. */
export function toldOf(pull: z.infer<typeof pullRequest>, receivedAt: Date): Told | null {
  const told = toldPull.safeParse(pull);
  if (!told.success) return null;
  const { draft, changed_files: changedFiles, labels } = told.data;
  return {
    ...{ at: pull.updated_at, receivedAt: receivedAt.toISOString(), headSha: pull.head.sha, draft, changedFiles },
    labels: labels.map(({ node_id: id, name }) => ({ id, name })),
  };
}

/** A pull request as its payload tells it. */
export const knownPull = (of: Place, pull: z.infer<typeof pullRequest>): KnownPull => ({
  ...pullKey(of, pull.number),
  owner: of.repository.owner.login,
  name: of.repository.name,
  headSha: pull.head.sha,
  headRepository: pull.head.repo?.id ?? null,
  baseRef: pull.base.ref,
  open: pull.state === "open",
  toldAt: pull.updated_at,
});
