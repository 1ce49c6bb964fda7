import { z } from "zod";
import { type Text, text } from "../model/text.js";
import { type Route, routes } from "./permissions.js";

/** What a failed request means for us. Times in milliseconds. */
export type Failure =
  | { readonly kind: "permission"; readonly sentence: Text }
  | { readonly kind: "credentials" }
  | { readonly kind: "not-found" }
  | { readonly kind: "gone" }
  | { readonly kind: "conflict" }
  | { readonly kind: "invalid" }
  | { readonly kind: "not-modified" }
  /** Nothing can be done there until somebody changes it, which GitHub tells by an event. */
  | { readonly kind: "parked"; readonly why: "suspended" | "uninstalled" | "archived" }
  | { readonly kind: "rate-limited"; readonly retryAfterMs: number }
  /** GitHub may have done it: never sent again blindly; the next reconcile looks what is there. */
  | { readonly kind: "ambiguous" }
  /** GitHub answered something that we cannot read. */
  | { readonly kind: "unexpected" };

/** The only error that the functions of this folder throw for a request that failed. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  readonly route: Route;
  readonly failure: Failure;

  constructor(route: Route, failure: Failure, cause: unknown) {
    super(`${route}: ${failure.kind}${cause instanceof Error ? ` (${cause.message})` : ""}`, { cause });
    this.route = route;
    this.failure = failure;
  }
}

/** The work was lost to another worker: a write is not sent, or what it did is not ours to record. No failure of GitHub's. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
  /** Whether the write had gone out. */
  readonly sent: boolean;

  constructor(sent: boolean) {
    super(sent ? "the lease was lost while a write was under way" : "the lease was lost; the write was not sent");
    this.sent = sent;
  }
}

/** The two commits share no history, so there is nothing to compare. */
export class NoCommonAncestorError extends Error {
  override readonly name = "NoCommonAncestorError";
  readonly sentence: Text;

  constructor(base: string, head: string) {
    super("no common ancestor");
    this.sentence = text`${base.slice(0, 7)} and ${head.slice(0, 7)} have no common ancestor; open the pull request from a branch that shares the base branch's history`;
  }
}

const requestError = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
  request: z.object({ url: z.string() }).optional().catch(undefined),
});

const graphqlError = z.object({
  name: z.literal("GraphqlResponseError"),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string() })),
});

type Headers = Readonly<Record<string, unknown>>;

/** Seconds to wait where a secondary limit names none (GitHub docs: best practices, at least one minute). */
const DEFAULT_WAIT = 60;

const seconds = (headers: Headers): number => {
  const after = Number(headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(after)) return after;
  // Both times are GitHub's own, so that a wrong clock of ours does not matter.
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN) - Date.parse(String(headers.date)) / 1000;
  return headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset) ? Math.max(1, Math.ceil(reset)) : DEFAULT_WAIT;
};

const isLimit = (status: number, message: string, headers: Headers): boolean =>
  status === 429 ||
  (status === 403 && (headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0" || /rate limit/i.test(message)));

const permission = (route: Route, message: string, headers: Headers): Failure => {
  if (!/resource not accessible/i.test(message)) return { kind: "permission", sentence: text`GitHub refused ${route}: ${message}` };
  const accepted = headers["x-accepted-github-permissions"];
  const needed = typeof accepted === "string" ? accepted.replaceAll("=", ": ") : routes[route].join(", ");
  const sentence = text`the App lacks the permission ${needed} here (${route}); grant it in the App's settings and accept it in the installation's`;
  return { kind: "permission", sentence };
};

/** A token is refused as not found where the App is no longer installed. */
const parkedBy = ({ status, message, request }: z.infer<typeof requestError>): Failure | null => {
  if (status === 404 && request?.url.endsWith("/access_tokens")) return { kind: "parked", why: "uninstalled" };
  if (status !== 403) return null;
  if (/installation has been suspended/i.test(message)) return { kind: "parked", why: "suspended" };
  return /repository was archived/i.test(message) ? { kind: "parked", why: "archived" } : null;
};

const byStatus: Readonly<Record<number, Failure>> = {
  304: { kind: "not-modified" },
  401: { kind: "credentials" },
  404: { kind: "not-found" },
  409: { kind: "conflict" },
  410: { kind: "gone" },
  422: { kind: "invalid" },
};

const classifyRequest = (route: Route, error: z.infer<typeof requestError>): Failure => {
  const { status, message, response } = error;
  const headers = response?.headers ?? {};
  const parked = parkedBy(error);
  if (parked) return parked;
  if (isLimit(status, message, headers)) return { kind: "rate-limited", retryAfterMs: seconds(headers) * 1000 };
  if (status === 403) return permission(route, message, headers);
  // Octokit gives an abort or a reset connection the status 500 as well.
  return status >= 500 ? { kind: "ambiguous" } : (byStatus[status] ?? { kind: "unexpected" });
};

const classifyGraphql = (route: Route, errors: z.infer<typeof graphqlError>["errors"]): Failure => {
  const types = new Set(errors.map(({ type }) => type));
  if (types.has("RATE_LIMITED") || types.has("RATE_LIMIT")) return { kind: "rate-limited", retryAfterMs: DEFAULT_WAIT * 1000 };
  if (types.has("FORBIDDEN")) return permission(route, "Resource not accessible by integration", {});
  return types.has("NOT_FOUND") ? { kind: "not-found" } : { kind: "ambiguous" };
};

/** What an error of Octokit's means. Everything without an answer of GitHub's is ambiguous. */
export function classify(route: Route, error: unknown): Failure {
  const graphql = graphqlError.safeParse(error);
  if (graphql.success) return classifyGraphql(route, graphql.data.errors);
  const request = requestError.safeParse(error);
  if (request.success) return classifyRequest(route, request.data);
  return error instanceof z.ZodError ? { kind: "unexpected" } : { kind: "ambiguous" };
}

/** GitHub refused: nothing was done. Everything else may have happened, also what was answered in a way that cannot be read. */
const refusals: ReadonlySet<Failure["kind"]> = new Set([
  "permission",
  "parked",
  "credentials",
  "not-found",
  "gone",
  "conflict",
  "invalid",
  "rate-limited",
]);

/** Did the write that failed so surely not happen? */
export const isRefusal = (error: unknown): boolean =>
  error instanceof GitHubError ? refusals.has(error.failure.kind) : error instanceof LeaseLostError && !error.sent;

/** Is this the failure of that kind? For the few that are an answer rather than an error. */
export function failedAs(error: unknown, kind: Failure["kind"]): boolean {
  return error instanceof GitHubError && error.failure.kind === kind;
}
