import { Octokit } from "@octokit/rest";
import { ProbotOctokit } from "probot";
import githubAppJwt from "universal-github-app-jwt";
import { z } from "zod";
import type { GitHub } from "./call.js";
import { createFetch } from "./deadline.js";

const withInstallation = z.object({ installationId: z.union([z.number(), z.string()]) });

/** Requests of one installation wait for each other, and for nobody else's. */
const bucket = (auth: unknown): string => {
  const parsed = withInstallation.safeParse(auth);
  return parsed.success ? String(parsed.data.installationId) : "app";
};

interface HasDefaults {
  readonly request: { defaults(options: { readonly baseUrl: string }): unknown };
}

const isAuth = (auth: unknown): auth is HasDefaults =>
  typeof auth === "object" && auth !== null && "request" in auth && typeof auth.request === "function" && "defaults" in auth.request;

/** What we look at of an Octokit's options. */
interface Options {
  readonly auth?: unknown;
  readonly baseUrl?: string;
  readonly retry?: object;
  readonly throttle?: object;
}

/** Without this, octokit-auth-app asks api.github.com for tokens whatever the base address is (octokit/auth-app.js#640). */
const withBaseUrl = (auth: unknown, baseUrl: string | undefined): unknown =>
  baseUrl !== undefined && isAuth(auth) ? { ...auth, request: auth.request.defaults({ baseUrl }) } : auth;

export interface AppOctokitOptions {
  readonly throttled: boolean;
  called?(operation: string, status: number): void;
}

const statusOf = (error: unknown): number => {
  const parsed = z.object({ status: z.number(), response: z.unknown() }).safeParse(error);
  // Octokit gives an abort or a reset connection the status 500, but no answer.
  return parsed.success && parsed.data.response !== undefined ? parsed.data.status : 0;
};

type Called = NonNullable<AppOctokitOptions["called"]>;

interface Sent {
  readonly method: string;
  readonly url: string;
}

/** Tells of one request, once: none is sent again by itself. */
async function observe<T extends { readonly status: number }>(
  called: Called,
  { method, url }: Sent,
  send: () => T | Promise<T>,
): Promise<T> {
  const operation = `${method} ${url}`;
  try {
    const answer = await send();
    called(operation, answer.status);
    return answer;
  } catch (error) {
    called(operation, statusOf(error));
    throw error;
  }
}

type Send = (options: Sent) => Promise<{ readonly status: number }>;

interface HasHook {
  hook(send: Send, options: Sent): ReturnType<Send>;
}

const hasHook = (auth: unknown): auth is HasHook => typeof auth === "function" && "hook" in auth && typeof auth.hook === "function";

/**
 * Tells of every request, and sends GraphQL with the credentials and none of the other hooks: the throttling plugin
 * counts a query as a write, which it keeps a second apart, so that the facts of a pull request put off its check.
 */
const observed = (called: Called) =>
  ProbotOctokit.plugin((octokit) => {
    octokit.hook.wrap("request", (send, options) => observe(called, options, () => send(options)));
    const { auth } = octokit;
    if (!hasHook(auth)) return {};
    const hook = (send: Send, options: Sent) => observe(called, options, () => auth.hook(send, options));
    return { graphql: octokit.graphql.defaults({ request: { hook } }) };
  });

const nobody: Called = () => undefined;

/**
 * Probot's Octokit with its defects mended. No request is retried, since a creation that GitHub answered
 * with 502 may have happened; a rate limit reaches the caller; queries are not paced. Only the function form of
 * `defaults` is heeded. `throttled: false` is for tests. `called` is told of every answer, with the route and not its parameters.
 */
export function createAppOctokit({ throttled, called = nobody }: AppOctokitOptions): typeof ProbotOctokit {
  return observed(called).defaults((options: Options) => ({
    ...options,
    auth: withBaseUrl(options.auth, options.baseUrl),
    retry: { ...options.retry, enabled: false },
    throttle: {
      ...options.throttle,
      enabled: throttled,
      id: bucket(options.auth),
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
  }));
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A client with a person's or workflow's token, for `review --pull`. Unthrottled: a handful of reads. */
export function createTokenClient(token: string, baseUrl?: string): GitHub {
  return new Octokit({ auth: token, log: silent, request: { fetch: createFetch() }, ...(baseUrl !== undefined && { baseUrl }) });
}

/** A client that speaks in the App's own name, for some minutes. */
export async function createAppClient(appId: number, privateKey: string, baseUrl?: string): Promise<GitHub> {
  const { token } = await githubAppJwt({ id: appId, privateKey });
  return createTokenClient(token, baseUrl);
}
