import { createHash } from "node:crypto";
import { z } from "zod";
import { matchesGlob } from "../config/glob.js";
import { type Text, text } from "../model/text.js";
import { at, call, type GitHub, type RepositoryName, send } from "./call.js";
import { classify, failedAs, GitHubError } from "./errors.js";
import type { Route } from "./permissions.js";

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

/** One attempt of a run: when it began, and when the next one did. ISO 8601. */
interface Attempt {
  readonly id: number;
  readonly startedAt: string;
  readonly until?: string;
}

const isOf = ({ startedAt, until }: Attempt, created: string | null): boolean =>
  created !== null && Date.parse(created) >= Date.parse(startedAt) && (until === undefined || Date.parse(created) < Date.parse(until));

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
 * Artifacts of one attempt whose name matches one of the globs, by id. GitHub keeps no attempt number with an
 * artifact: one that is older than the attempt's start belongs to an earlier one, one from after the next start to a later.
 * @throws GitHubError
 */
export async function listArtifacts(
  github: GitHub,
  repository: RepositoryName,
  run: Attempt,
  names: readonly string[],
): Promise<readonly Artifact[]> {
  const found = await listAll(github, repository, run.id);
  return found
    .filter(({ name, created_at: created }) => isOf(run, created) && names.some((glob) => matchesGlob(glob, name)))
    .map(({ id, name, size_in_bytes: bytes, expired, digest }) => ({ id, name, bytes, expired, sha256: sha256(digest) }))
    .toSorted((one, other) => one.id - other.id);
}

export type Download =
  /** The zip in the pieces in which it came: it may be large, and is never needed as one. */
  | { readonly status: "downloaded"; readonly zip: readonly Uint8Array[] }
  | { readonly status: "expired" }
  /** Above the cap; `bytes` is absent when only the download shows it. */
  | { readonly status: "too-large"; readonly bytes?: number }
  /** Never trusted: another host, a wrong digest. */
  | { readonly status: "refused"; readonly reason: Text };

/** Where artifacts may come from, and how large they may be. */
export interface DownloadLimits {
  /** The API's base address: a GitHub Enterprise Server may serve artifacts from its own host. */
  readonly apiUrl: string;
  /** Largest zip, in bytes. */
  readonly zipBytes: number;
}

/** How long the storage may take: half a minute for 50 MB, and as much longer as a zip may be larger. */
const deadlineMs = (zipBytes: number): number => 30_000 * Math.max(1, zipBytes / 50_000_000);

/** Where GitHub keeps artifacts (GitHub docs: communication requirements of self-hosted runners). */
const STORAGE = [".blob.core.windows.net", ".actions.githubusercontent.com"];

const route: Route = "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}";

const refused = (reason: Text): Download => ({ status: "refused", reason });

const isStorage = (location: URL, api: URL): boolean => {
  if (location.hostname === api.hostname) return location.protocol === api.protocol;
  return location.protocol === "https:" && STORAGE.some((suffix) => location.hostname.endsWith(suffix));
};

async function locate(github: GitHub, repository: RepositoryName, id: number): Promise<URL | null> {
  const parameters = { ...at(repository), artifact_id: id, archive_format: "zip", request: { redirect: "manual" } };
  const { headers } = await send(github, route, parameters);
  return typeof headers.location === "string" && URL.canParse(headers.location) ? new URL(headers.location) : null;
}

async function stream(body: ReadableStream<Uint8Array>, sha256: string | null, cap: number): Promise<Download> {
  const hash = createHash("sha256");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > cap) return { status: "too-large" };
    hash.update(chunk);
    chunks.push(chunk);
  }
  if (sha256 !== null && hash.digest("hex") !== sha256) return refused(text`the zip's SHA-256 is not the one that GitHub names`);
  return { status: "downloaded", zip: chunks };
}

async function get(location: URL, sha256: string | null, cap: number): Promise<Download> {
  // A request of its own, without the App's token: the address itself is the key, for a minute.
  const answer = await fetch(location, { redirect: "error", signal: AbortSignal.timeout(deadlineMs(cap)) });
  if (answer.status === 404 || answer.status === 410) return { status: "expired" };
  if (!answer.ok || !answer.body) throw new Error(`the artifact storage answered ${answer.status}`);
  return await stream(answer.body, sha256, cap);
}

/** The zip of an artifact, streamed under its cap. @throws GitHubError */
export async function downloadArtifact(
  github: GitHub,
  repository: RepositoryName,
  artifact: Artifact,
  { apiUrl, zipBytes }: DownloadLimits,
): Promise<Download> {
  if (artifact.expired) return { status: "expired" };
  if (artifact.bytes > zipBytes) return { status: "too-large", bytes: artifact.bytes };
  try {
    const location = await locate(github, repository, artifact.id);
    if (location === null) return refused(text`GitHub named no place for the zip`);
    if (!isStorage(location, new URL(apiUrl))) return refused(text`${location.hostname} is no host of GitHub's artifacts`);
    return await get(location, artifact.sha256, zipBytes);
  } catch (error) {
    if (failedAs(error, "gone")) return { status: "expired" };
    throw error instanceof GitHubError ? error : new GitHubError(route, classify(route, error), error);
  }
}
