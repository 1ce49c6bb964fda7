import { z } from "zod";
import { at, type GitHub, type RepositoryName, receive } from "./call.js";
import { failedAs } from "./errors.js";
import { type Listed, list, PAGE } from "./paging.js";

/** 1,000 open pull requests, those that changed last: the rest is left to events and to later looks. */
const PAGES = 10;

/** An open pull request as GitHub's list shows it. */
export interface OpenPull {
  readonly number: number;
  readonly headSha: string;
  /** Null when the fork was deleted. */
  readonly headRepository: number | null;
  readonly baseRef: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** Names, sorted. */
  readonly labels: readonly string[];
}

export interface OpenPulls extends Listed<OpenPull> {
  /** Names this very list, where one page held it. */
  readonly etag: string | null;
}

const shape = z.array(
  z
    .object({
      number: z.number(),
      updated_at: z.string(),
      labels: z.array(z.object({ name: z.string() })).default([]),
      head: z.object({ sha: z.string(), repo: z.object({ id: z.number() }).nullable() }),
      base: z.object({ ref: z.string() }),
    })
    .transform(
      ({ number, updated_at: updatedAt, labels, head, base }): OpenPull => ({
        number,
        headSha: head.sha,
        headRepository: head.repo?.id ?? null,
        baseRef: base.ref,
        updatedAt,
        labels: labels.map(({ name }) => name).toSorted(),
      }),
    ),
);

const route = "GET /repos/{owner}/{repo}/pulls";

const etagOf = (headers: Readonly<Record<string, string | number | undefined>>): string | null => {
  const { etag } = headers;
  return typeof etag === "string" ? etag : null;
};

/**
 * The open pull requests of a repository, latest change first; null when they are those that `etag` names, which costs
 * nothing of the rate limit. @throws GitHubError
 */
export async function listOpenPulls(github: GitHub, repository: RepositoryName, etag: string | null): Promise<OpenPulls | null> {
  const parameters = { ...at(repository), state: "open", sort: "updated", direction: "desc" };
  try {
    const first = await receive(
      github,
      route,
      { ...parameters, per_page: PAGE, page: 1, ...(etag !== null && { headers: { "if-none-match": etag } }) },
      shape,
    );
    if (first.value.length < PAGE) return { items: first.value, complete: true, etag: etagOf(first.headers) };
    return { ...(await list(github, route, parameters, shape, PAGES)), etag: null };
  } catch (error) {
    if (failedAs(error, "not-modified")) return null;
    throw error;
  }
}
