import { visible } from "../http/access.mjs";

/** GraphQL's reply when a repository does not exist or must not be known: null data and an error, status 200. */
export function unresolvedRepository({ owner, name }) {
  const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
  return {
    data: { repository: null },
    errors: [{ type: "NOT_FOUND", path: ["repository"], locations: [{ line: 2, column: 3 }], message }],
  };
}

export const unresolvedPull = (number) => ({
  type: "NOT_FOUND",
  path: ["repository", "pullRequest"],
  locations: [{ line: 7, column: 5 }],
  message: `Could not resolve to a PullRequest with the number of ${number}.`,
});

export const forbidden = (path) => ({
  type: "FORBIDDEN",
  path,
  extensions: { saml_failure: false },
  locations: [{ line: 2, column: 3 }],
  message: "Resource not accessible by integration",
});

/** The repository of a query's variables when the caller may see it, else null. */
export function repositoryOf({ world, variables, caller }) {
  const wanted = `${variables.owner}/${variables.name}`.toLowerCase();
  const found = [...world.repositories.values()].find(({ owner, name }) => `${owner.login}/${name}`.toLowerCase() === wanted);
  return found && visible(caller, found) ? found : null;
}
