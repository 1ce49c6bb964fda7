import type { ZodType } from "zod";
import { classify, GitHubError, LeaseLostError } from "./errors.js";
import type { Route } from "./permissions.js";

/** An answer of GitHub's before it is read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** What we ask of an Octokit: Probot's and @octokit/rest's both are one. */
export interface GitHub {
  request(route: string, parameters?: Record<string, unknown>): Promise<Answer>;
  graphql(query: string, variables?: Record<string, unknown>): Promise<unknown>;
}

/** A repository by its present name. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** The parameters that every repository route takes. */
export const at = ({ owner, name }: RepositoryName): { readonly owner: string; readonly repo: string } => ({ owner, repo: name });

async function attempt<T>(route: Route, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LeaseLostError) throw error;
    throw new GitHubError(route, classify(route, error), error);
  }
}

/** Sends one request, once. @throws GitHubError */
export function send(github: GitHub, route: Route, parameters: Record<string, unknown>): Promise<Answer> {
  return attempt(route, () => github.request(route, parameters));
}

/** Sends one request, once, and reads of the answer what `shape` names, with its headers. @throws GitHubError */
export function receive<T>(
  github: GitHub,
  route: Route,
  parameters: Record<string, unknown>,
  shape: ZodType<T>,
): Promise<{ readonly value: T; readonly headers: Answer["headers"] }> {
  return attempt(route, async () => {
    const { data, headers } = await github.request(route, parameters);
    return { value: shape.parse(data), headers };
  });
}

/** Sends one request, once, and reads of the answer what `shape` names. @throws GitHubError */
export function call<T>(github: GitHub, route: Route, parameters: Record<string, unknown>, shape: ZodType<T>): Promise<T> {
  return attempt(route, async () => shape.parse((await github.request(route, parameters)).data));
}

/** Sends one GraphQL query and reads of the answer what `shape` names. @throws GitHubError */
export function query<T>(
  github: GitHub,
  name: Extract<Route, `query ${string}`>,
  document: string,
  variables: Record<string, unknown>,
  shape: ZodType<T>,
): Promise<T> {
  return attempt(name, async () => shape.parse(await github.graphql(document, variables)));
}
