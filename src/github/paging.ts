import type { ZodType } from "zod";
import { call, type GitHub } from "./call.js";
import type { Route } from "./permissions.js";

/** GitHub's largest page. */
export const PAGE = 100;

/** A list that may have been cut at its cap. */
export interface Listed<T> {
  readonly items: readonly T[];
  /** Nothing was left off. */
  readonly complete: boolean;
}

/** Reads a list page by page, at most `pages` of them. @throws GitHubError */
export async function list<T>(
  github: GitHub,
  route: Route,
  parameters: Record<string, unknown>,
  shape: ZodType<readonly T[]>,
  pages: number,
): Promise<Listed<T>> {
  const items: T[] = [];
  for (let page = 1; page <= pages; page += 1) {
    const found = await call(github, route, { ...parameters, per_page: PAGE, page }, shape);
    items.push(...found);
    if (found.length < PAGE) return { items, complete: true };
  }
  return { items, complete: false };
}
