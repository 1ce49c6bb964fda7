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

/** Tells of every request, once: none is sent again by itself. */
const observed = (called: Called) =>
  ProbotOctokit.plugin((octokit) => {
    octokit.hook.wrap("request", async (send, options) => {
      const operation = `${options.method} ${options.url}`;
      try {
        const answer = await send(options);
        called(operation, answer.status);
        return answer;
      } catch (error) {
        called(operation, statusOf(error));
        throw error;
      }
    });
  });

/**
 * Probot's Octokit with its defects mended. No request is retried, since a creation that GitHub answered
 * with 502 may have happened; a rate limit reaches the caller. Only the function form of `defaults` is
 * heeded. `throttled: false` is for tests. `called` is told of every answer, with the route and not its parameters.
 */
export function createAppOctokit({ throttled, called }: AppOctokitOptions): typeof ProbotOctokit {
  const octokit = called === undefined ? ProbotOctokit : observed(called);
  return octokit.defaults((options: Options) => ({
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
