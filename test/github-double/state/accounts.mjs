import { notFound } from "../http/refusal.mjs";

/**
 * A user, bot or organization by login; people exist as soon as they are named. `ghost` has no account.
 * Logins ending in `[bot]` are bots.
 */
export function account(world, login, type) {
  const key = login.toLowerCase();
  const known = world.accounts.get(key);
  if (known) return known;
  const made = { id: world.sequence.id(), login, type: type ?? (login.endsWith("[bot]") ? "Bot" : "User") };
  world.accounts.set(key, made);
  return made;
}

/** Makes a team, or changes one; `members` is login → "active" | "pending". `secret` teams are invisible to apps. */
export function setTeam(world, { organization, slug, name, members = {}, secret = false, parent = null }) {
  const key = teamKey(organization, slug);
  const known = world.teams.get(key) ?? {
    id: world.sequence.id(),
    organization: account(world, organization, "Organization"),
    members: new Map(),
  };
  const team = { ...known, slug, name: name ?? slug, secret, parent };
  for (const [login, state] of Object.entries(members)) setMember(world, team, login, state);
  world.teams.set(key, team);
  return team;
}

export const teamKey = (organization, slug) => `${organization}/${slug}`.toLowerCase();

/** `state` null takes the person out of the team. */
export function setMember(world, team, login, state) {
  if (state === null) team.members.delete(login.toLowerCase());
  else team.members.set(account(world, login).login.toLowerCase(), state);
}

/** Membership including child teams, as GitHub answers it: active, pending, or 404 for none and for a secret team. */
export function membership(world, organization, slug, login) {
  const team = world.teams.get(teamKey(organization, slug));
  if (!team || team.secret) throw notFound();
  const family = [team, ...descendants(world, team)];
  const states = family.map((member) => member.members.get(login.toLowerCase()));
  const state = states.includes("active") ? "active" : states.find((found) => found !== undefined);
  if (state === undefined) throw notFound();
  return { team, state };
}

function descendants(world, team) {
  const children = [...world.teams.values()].filter((child) => child.organization === team.organization && child.parent === team.slug);
  return children.flatMap((child) => [child, ...descendants(world, child)]);
}
