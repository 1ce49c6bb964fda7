import { type Text, text } from "../model/text.js";
import { at, type GitHub, type RepositoryName, send } from "./call.js";
import { classify, GitHubError } from "./errors.js";
import type { Route } from "./permissions.js";

/** A commit's files as GitHub packs them, on their way; or why there are none. */
export type Tarball = { readonly pieces: AsyncIterable<Uint8Array> } | { readonly refused: Text };

const route: Route = "GET /repos/{owner}/{repo}/tarball/{ref}";

/** GitHub packs archives when they are asked for: a large repository takes a while to begin. */
const DEADLINE_MS = 60_000;

/** Where github.com serves archives (GitHub docs: repository contents); a GitHub Enterprise Server does it on its own host. */
const CODELOAD = "codeload.github.com";

function isArchiveHost(location: URL, api: URL): boolean {
  if (location.hostname === api.hostname || location.hostname === `codeload.${api.hostname}`) return location.protocol === api.protocol;
  return location.protocol === "https:" && location.hostname === CODELOAD;
}

async function locate(github: GitHub, repository: RepositoryName, sha: string): Promise<URL | null> {
  const { headers } = await send(github, route, { ...at(repository), ref: sha, request: { redirect: "manual" } });
  return typeof headers.location === "string" && URL.canParse(headers.location) ? new URL(headers.location) : null;
}

/**
 * The tarball of a commit, as it comes in: one call, and a download that is none. The pieces fail as `fetch` does.
 * @throws GitHubError
 */
export async function openTarball(github: GitHub, repository: RepositoryName, sha: string, apiUrl: string): Promise<Tarball> {
  const location = await locate(github, repository, sha);
  if (location === null) return { refused: text`GitHub named no place for the repository's archive` };
  if (!isArchiveHost(location, new URL(apiUrl))) return { refused: text`${location.hostname} is no host of GitHub's archives` };
  try {
    // A request of its own, without the App's token: the address itself is the key, for some minutes.
    const answer = await fetch(location, { redirect: "error", signal: AbortSignal.timeout(DEADLINE_MS) });
    if (!answer.ok || !answer.body) return { refused: text`the host of GitHub's archives answered ${answer.status}` };
    return { pieces: answer.body };
  } catch (error) {
    throw new GitHubError(route, classify(route, error), error);
  }
}
