import { account } from "./accounts.mjs";

/** What Redline's app.yml asks for; an app registered without its own list gets these. */
const defaultPermissions = {
  metadata: "read",
  checks: "write",
  pull_requests: "write",
  contents: "read",
  actions: "read",
  merge_queues: "read",
  members: "read",
  issues: "read",
};
const defaultEvents = ["pull_request", "workflow_run", "merge_group", "check_run", "check_suite", "push", "issue_comment", "repository"];
const tokenLifetime = 3600;

export function registerApp(world, { id, slug = "redline", name, owner = "redline-makers", publicKey, permissions, events, webhook }) {
  const app = {
    id: id ?? world.sequence.id(),
    slug,
    name: name ?? slug,
    owner: account(world, owner),
    publicKey,
    permissions: permissions ?? defaultPermissions,
    events: events ?? defaultEvents,
    webhook: webhook ? { id: world.sequence.id(), ...webhook } : null,
    createdAt: world.clock.iso(),
  };
  world.apps.set(app.id, app);
  return app;
}

/** The account under which an app acts. */
export const botOf = (world, app) => account(world, `${app.slug}[bot]`, "Bot");

export function install(world, { app, owner, repositories = "all", permissions, events, id }) {
  const installation = {
    id: id ?? world.sequence.id(),
    app,
    account: account(world, owner),
    repositories,
    permissions: permissions ?? app.permissions,
    events: events ?? app.events,
    suspendedAt: null,
    createdAt: world.clock.iso(),
  };
  world.installations.set(installation.id, installation);
  return installation;
}

/** Whether an installation covers a repository. `repositories` is "all" or a list of names without the owner. */
export function covers(installation, repository) {
  if (installation.account !== repository.owner) return false;
  return installation.repositories === "all" || installation.repositories.includes(repository.name);
}

export const installationsOf = (world, repository) =>
  [...world.installations.values()].filter((installation) => covers(installation, repository));

export function createInstallationToken(world, installation, { permissions, repositories } = {}) {
  const expiresAt = world.clock.now() + tokenLifetime * 1000;
  const token = `ghs_${installation.app.id}_${world.sequence.hex()}`;
  world.tokens.set(token, {
    kind: "installation",
    installation,
    permissions: permissions ?? installation.permissions,
    repositories,
    expiresAt,
  });
  return { token, expiresAt };
}

/** A fine-grained personal token; without `permissions` it may read everything that its owner may. */
export function createPersonalToken(world, user, permissions) {
  const token = `ghp_${world.sequence.hex().slice(0, 36)}`;
  const granted = permissions ?? {
    metadata: "read",
    contents: "read",
    pull_requests: "read",
    issues: "read",
    actions: "read",
    checks: "read",
  };
  world.tokens.set(token, { kind: "personal", user: account(world, user), permissions: granted, expiresAt: null });
  return token;
}
