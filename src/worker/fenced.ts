import type { Answer, GitHub } from "../github/call.js";
import { createFetch } from "../github/deadline.js";
import { LeaseLostError } from "../github/errors.js";
import type { Publications } from "../store/store.js";
import type { Lease } from "./lease.js";

/** As Octokit takes it for a single request. */
const withFetch = (parameters: Record<string, unknown>, own: typeof fetch): Record<string, unknown> => ({
  ...parameters,
  request: { ...(typeof parameters.request === "object" ? parameters.request : {}), fetch: own },
});

async function write(github: GitHub, lease: Lease, route: string, parameters: Record<string, unknown>): Promise<Answer> {
  await lease.prove();
  const send = createFetch();
  let lost: LeaseLostError | null = null;
  // The request may have waited in its installation's queue: asked once more when it leaves that.
  const last: typeof fetch = async (input, init) => {
    await lease.confirm(false).catch((error: unknown) => {
      if (error instanceof LeaseLostError) lost = error;
      throw error;
    });
    return send(input, init);
  };
  try {
    return await github.request(route, withFetch(parameters, last));
  } catch (error) {
    throw lost ?? error;
  } finally {
    // A result that comes after the lease is not recorded: the new owner finds the open intent, and looks.
    if (lost === null) await lease.confirm(true);
  }
}

/** The client of whoever works on one pull request: reads go through, writes only from the holder of its lease. */
export const fenced = (github: GitHub, lease: Lease): GitHub => ({
  graphql: (query, variables) => github.graphql(query, variables),
  request: (route, parameters = {}) =>
    route.startsWith("GET ") ? github.request(route, parameters) : write(github, lease, route, parameters),
});

/** What is remembered of GitHub's objects is the holder's to change as well: a late id would hide a newer one. */
export const fencedPublications = (publications: Publications, lease: Lease): Publications => {
  const held = <A extends readonly unknown[]>(save: (...given: A) => Promise<void>) => {
    return async (...given: A): Promise<void> => {
      await lease.confirm(false);
      await save(...given);
    };
  };
  return {
    ...publications,
    save: held(publications.save),
    saveComment: held(publications.saveComment),
    saveIntent: held(publications.saveIntent),
  };
};
