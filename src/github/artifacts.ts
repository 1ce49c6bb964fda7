import { z } from "zod";
import { matchesGlob } from "../config/glob.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";

/** An artifact of a workflow run. The name is foreign text. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly expired: boolean;
  /** Hexadecimal SHA-256 of the zip; null before upload-artifact v4. */
  readonly sha256: string | null;
}

const PAGE = 100;
/** Pages that are looked through: 1,000 artifacts, twice what a single job may upload. */
const PAGES = 10;

const artifact = z.object({
  id: z.number(),
  name: z.string(),
  size_in_bytes: z.number(),
  expired: z.boolean(),
  created_at: z.string().nullable(),
  digest: z.string().nullish(),
});

const listed = z.object({ artifacts: z.array(artifact) });

const sha256 = (digest: string | null | undefined): string | null => /^sha256:([0-9a-f]{64})$/.exec(digest ?? "")?.[1] ?? null;

const isOf = (startedAt: string, created: string | null): boolean => created !== null && Date.parse(created) >= Date.parse(startedAt);

async function listAll(github: GitHub, repository: RepositoryName, runId: number): Promise<readonly z.infer<typeof artifact>[]> {
  const found: z.infer<typeof artifact>[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const parameters = { ...at(repository), run_id: runId, per_page: PAGE, page };
    const { artifacts } = await call(github, "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", parameters, listed);
    found.push(...artifacts);
    if (artifacts.length < PAGE) break;
  }
  return found;
}

/**
 * Artifacts of the newest attempt whose name matches one of the globs, by id. GitHub keeps no attempt
 * number with an artifact: one that is older than the attempt's start belongs to an earlier one.
 * @throws GitHubError
 */
export async function listArtifacts(
  github: GitHub,
  repository: RepositoryName,
  run: { readonly id: number; readonly startedAt: string },
  names: readonly string[],
): Promise<readonly Artifact[]> {
  const found = await listAll(github, repository, run.id);
  return found
    .filter(({ name, created_at: created }) => isOf(run.startedAt, created) && names.some((glob) => matchesGlob(glob, name)))
    .map(({ id, name, size_in_bytes: bytes, expired, digest }) => ({ id, name, bytes, expired, sha256: sha256(digest) }))
    .toSorted((one, other) => one.id - other.id);
}
