import type { GitHub } from "./call.js";

/** What of an Octokit asks for a new token of the installation, and keeps it. */
interface Authenticated extends GitHub {
  auth(options: { readonly type: "installation"; readonly installationId: number; readonly refresh: true }): Promise<unknown>;
}

const isUnauthorized = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "status" in error && error.status === 401;

/**
 * A client whose token is renewed when GitHub does not take it any more, though it should still be good: it was
 * revoked, or the clocks differ. What was refused was not done, so that it is sent once more, and only once.
 */
export function refreshing(client: Authenticated, installationId: number): GitHub {
  const twice = async <T>(send: () => Promise<T>): Promise<T> => {
    try {
      return await send();
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      await client.auth({ type: "installation", installationId, refresh: true });
      return send();
    }
  };
  return {
    request: (route, parameters) => twice(() => client.request(route, parameters)),
    graphql: (query, variables) => twice(() => client.graphql(query, variables)),
  };
}
