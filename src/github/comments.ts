import { z } from "zod";
import { at, call, type GitHub, type RepositoryName, send } from "./call.js";
import { failedAs } from "./errors.js";

/** GitHub's page size, and how many pages are looked through for a comment of ours. */
const PAGE = 100;
const PAGES = 10;

const comment = z.object({
  id: z.number(),
  body: z.string().nullish(),
  performed_via_github_app: z.object({ id: z.number() }).nullish(),
});

/** Creates the comment and resolves with its id. The body holds at most 65,000 UTF-16 units. */
export async function createComment(github: GitHub, repository: RepositoryName, number: number, body: string): Promise<number> {
  const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  return (await call(github, route, { ...at(repository), issue_number: number, body }, comment)).id;
}

/** Replaces the body; `gone` when somebody deleted the comment. */
export async function updateComment(github: GitHub, repository: RepositoryName, id: number, body: string): Promise<"updated" | "gone"> {
  try {
    await send(github, "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...at(repository), comment_id: id, body });
    return "updated";
  } catch (error) {
    if (failedAs(error, "not-found")) return "gone";
    throw error;
  }
}

/** Deletes the comment; one that is gone already is fine. */
export async function deleteComment(github: GitHub, repository: RepositoryName, id: number): Promise<void> {
  try {
    await send(github, "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...at(repository), comment_id: id });
  } catch (error) {
    if (!failedAs(error, "not-found")) throw error;
  }
}

const written = comment.extend({
  user: z.object({ id: z.number() }).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** A person's comment as it is now. Foreign. */
export interface WrittenComment {
  readonly body: string;
  readonly userId: number | null;
  readonly edited: boolean;
  /** An App wrote it in the person's name. */
  readonly viaApp: boolean;
}

/** Null when it is gone. @throws GitHubError */
export async function readComment(github: GitHub, repository: RepositoryName, id: number): Promise<WrittenComment | null> {
  try {
    const parameters = { ...at(repository), comment_id: id };
    const found = await call(github, "GET /repos/{owner}/{repo}/issues/comments/{comment_id}", parameters, written);
    const edited = found.updated_at !== found.created_at;
    return { body: found.body ?? "", userId: found.user?.id ?? null, edited, viaApp: found.performed_via_github_app != null };
  } catch (error) {
    if (failedAs(error, "not-found")) return null;
    throw error;
  }
}

/** A comment that our App wrote. */
export interface OwnComment {
  readonly id: number;
  readonly body: string;
}

/**
 * Comments of this App on a pull request, oldest first, among its first 1,000, or the first 1,000 that changed
 * since a time by GitHub's clock (ISO 8601). Known by the App that
 * GitHub says wrote them, never by their text alone, which anyone can copy.
 */
export async function findOwnComments(
  github: GitHub,
  repository: RepositoryName,
  number: number,
  appId: number,
  since: string | null = null,
): Promise<readonly OwnComment[]> {
  const own: OwnComment[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const parameters = { ...at(repository), issue_number: number, per_page: PAGE, page, ...(since !== null && { since }) };
    const listed = await call(github, "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", parameters, z.array(comment));
    for (const { id, body, performed_via_github_app: app } of listed) if (app?.id === appId) own.push({ id, body: body ?? "" });
    if (listed.length < PAGE) break;
  }
  return own;
}
