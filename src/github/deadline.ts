/** The REST API version that the code was written against; supported until at least 2028 (GitHub docs: API versions). */
const API_VERSION = "2022-11-28";

/** How long one request may take, in milliseconds. */
const DEADLINE_MS = 10_000;

/**
 * The last step of every request: pins the API version and sets the deadline only now, so that the time
 * a request spends in the queue of its installation does not count.
 */
export function createFetch(deadlineMs: number = DEADLINE_MS): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("x-github-api-version", API_VERSION);
    return fetch(input, { ...init, headers, signal: AbortSignal.timeout(deadlineMs) });
  };
}
