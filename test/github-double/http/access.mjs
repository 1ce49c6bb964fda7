import { covers } from "../state/apps.mjs";
import { roleOf } from "../state/repositories.mjs";
import { notFound, Refusal } from "./refusal.mjs";

const ranks = { read: 1, write: 2, admin: 3 };

const holds = (granted, [name, level]) => (ranks[granted[name]] ?? 0) >= ranks[level];

const parse = (needs) => needs.map((need) => need.split(":"));

/** Whether a caller may use a route. `needs` lists alternatives such as `issues:write`. Throws 401, 403 or 404. */
export function demandAccess(caller, route, repository) {
  if (route.app) {
    demandJwt(caller);
    return;
  }
  if (route.anonymous) return;
  if (caller.kind === "jwt") throw new Refusal(401, "Bad credentials");
  if (repository && !visible(caller, repository)) throw notFound();
  const needs = parse(route.needs ?? ["metadata:read"]);
  const writes = needs.every(([, level]) => level !== "read");
  if (caller.kind === "none" && (writes || !repository)) throw new Refusal(401, "Requires authentication");
  if (route.appOnly && caller.kind !== "installation") throw new Refusal(403, "You must authenticate via a GitHub App.");
  if (caller.kind === "none") return;
  demandPermission(caller, needs, writes, repository);
}

function demandJwt(caller) {
  if (caller.kind !== "jwt") throw new Refusal(401, "A JSON web token could not be decoded");
}

function demandPermission(caller, needs, writes, repository) {
  const outside = repository && caller.kind === "installation" && !reaches(caller, repository);
  // Public data may be read without being installed there.
  if (outside && !writes) return;
  if (!outside && needs.some((need) => need[0] === "metadata" || holds(caller.permissions, need))) return;
  throw new Refusal(403, `Resource not accessible by ${caller.kind === "installation" ? "integration" : "personal access token"}`);
}

/** An installation token reaches the repositories of its installation, or the fewer that it was narrowed to. */
function reaches({ installation, repositories }, repository) {
  return covers(installation, repository) && (repositories === undefined || repositories.includes(repository.id));
}

/** Whether a caller may know that a repository exists. */
export function visible(caller, repository) {
  if (!repository.private) return true;
  if (caller.kind === "installation") return reaches(caller, repository);
  return caller.kind === "personal" && roleOf(repository, caller.user.login) !== "none";
}

/** Whether a GraphQL caller may read one thing of a repository, without an exception. */
export function mayRead(caller, repository, permission) {
  if (!visible(caller, repository)) return false;
  if (caller.kind === "installation" && !reaches(caller, repository)) return true;
  return caller.kind !== "none" && holds(caller.permissions, [permission, "read"]);
}
