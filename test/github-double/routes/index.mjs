import { actionRoutes } from "./actions.mjs";
import { appRoutes } from "./apps.mjs";
import { checkRoutes } from "./checks.mjs";
import { contentRoutes } from "./contents.mjs";
import { graphqlRoutes } from "./graphql.mjs";
import { issueRoutes } from "./issues.mjs";
import { peopleRoutes } from "./people.mjs";
import { pullRoutes } from "./pulls.mjs";
import { repositoryRoutes } from "./repositories.mjs";

/**
 * Every route: `{ id, needs, app, appOnly, demand, handle }`. `needs` are alternative permissions, `app` asks for the
 * App's JWT, `appOnly` for an installation token, `demand` throws GitHub's own 422 before the contract is looked at.
 */
export const routes = [
  ...actionRoutes,
  ...appRoutes,
  ...checkRoutes,
  ...contentRoutes,
  ...graphqlRoutes,
  ...issueRoutes,
  ...peopleRoutes,
  ...pullRoutes,
  ...repositoryRoutes,
];
