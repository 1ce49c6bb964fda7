import { z } from "zod";
import { CONFIGURATION_BYTES, CONFIGURATION_PATH, STATISTICS_BYTES } from "../config/file.js";
import type { ConfigurationFile, RepositoryFile } from "../evidence/sources.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";

const content = z.object({ type: z.string(), size: z.number(), content: z.string().default("") });

const decode = (base64: string): string => new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));

/** A file at a commit that no pull request's query reads: `text` is null when there is none. @throws GitHubError */
export async function readFileAt(
  github: GitHub,
  repository: RepositoryName,
  sha: string,
  { path, bytes }: { readonly path: string; readonly bytes: number },
): Promise<RepositoryFile> {
  const nothing = { path, text: null };
  const parameters = { ...at(repository), path, ref: sha };
  try {
    const file = await call(github, "GET /repos/{owner}/{repo}/contents/{path}", parameters, content);
    if (file.type !== "file") return { ...nothing, unreadable: "it is not a file" };
    if (file.size > bytes) return { ...nothing, unreadable: `it is larger than ${bytes / 1024} KB` };
    return { ...nothing, text: decode(file.content) };
  } catch (error) {
    if (failedAs(error, "not-found")) return nothing;
    if (error instanceof TypeError) return { ...nothing, unreadable: "it is not UTF-8" };
    throw error;
  }
}

/** The configuration at a commit that no pull request's query reads. @throws GitHubError */
export const readConfigurationAt = (github: GitHub, repository: RepositoryName, sha: string): Promise<ConfigurationFile> =>
  readFileAt(github, repository, sha, { path: CONFIGURATION_PATH, bytes: CONFIGURATION_BYTES });

/** The statistics file at a commit: from what was read with the pull request, or from another path of the configuration. */
export function statisticsAt(
  github: GitHub,
  { base, statistics, ...repository }: RepositoryName & { readonly base: { readonly sha: string }; readonly statistics: RepositoryFile },
  path: string,
): Promise<RepositoryFile> {
  return path === statistics.path
    ? Promise.resolve(statistics)
    : readFileAt(github, repository, base.sha, { path, bytes: STATISTICS_BYTES });
}
