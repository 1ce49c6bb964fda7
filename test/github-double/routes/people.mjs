import { notFound } from "../http/refusal.mjs";
import { membership } from "../state/accounts.mjs";

const needs = ["members:read"];

function render(world, { team, state }, login) {
  return { url: `${world.origins.api}/organizations/${team.organization.id}/team/${team.id}/memberships/${login}`, role: "member", state };
}

/** Teams are seen only by an installation on their organization. */
function demandInside(caller, organization) {
  if (caller.kind === "installation" && caller.installation.account.login.toLowerCase() !== organization.toLowerCase()) throw notFound();
}

function byName({ world, params, caller }) {
  demandInside(caller, params.org);
  return { body: render(world, membership(world, params.org, params.team_slug, params.username), params.username) };
}

/** The same by ids, which survive a rename. */
function byId({ world, params, caller }) {
  const team = [...world.teams.values()].find(
    ({ id, organization }) => id === Number(params.team_id) && organization.id === Number(params.org_id),
  );
  if (!team) throw notFound();
  demandInside(caller, team.organization.login);
  return { body: render(world, membership(world, team.organization.login, team.slug, params.username), params.username) };
}

function rateLimit({ world, entry }) {
  const { used, limit, reset } = world.quota.windowOf(entry.auth);
  const rate = { limit, used, remaining: Math.max(0, limit - used), reset: Math.floor(reset / 1000) };
  return { body: { resources: { core: rate, search: { ...rate, limit: 30, remaining: 30, used: 0 }, graphql: rate }, rate } };
}

export const peopleRoutes = [
  { id: "teams/get-membership-for-user-in-org", needs, handle: byName },
  {
    id: "teams/get-membership-by-id",
    method: "GET",
    path: "/organizations/{org_id}/team/{team_id}/memberships/{username}",
    needs,
    handle: byId,
  },
  { id: "rate-limit/get", anonymous: true, handle: rateLimit },
];
