import { notFound } from "../http/refusal.mjs";
import { account, membership, setMember, setTeam, teamKey } from "../state/accounts.mjs";
import { createPersonalToken, install, installationsOf, registerApp } from "../state/apps.mjs";
import { createRepository, forkRepository, fullName, repositoryNamed } from "../state/repositories.mjs";

function appNumbered(world, id) {
  const app = world.apps.get(id);
  if (!app) throw notFound();
  return app;
}

function installationNumbered(world, id) {
  const installation = world.installations.get(id);
  if (!installation) throw notFound();
  return installation;
}

const repositoryAnswer = (repository) => ({
  id: repository.id,
  full_name: fullName(repository),
  default_branch: repository.defaultBranch,
  head: repository.branches.get(repository.defaultBranch) ?? null,
  owner_id: repository.owner.id,
});

const briefly = (repositories) =>
  repositories.map((repository) => ({
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
  }));

function installApp(world, { app, owner, user, ...rest }) {
  const installation = install(world, { app: appNumbered(world, app), owner, ...rest });
  const covered = [...world.repositories.values()].filter((repository) => installationsOf(world, repository).includes(installation));
  world.webhooks.emitInstallation("created", installation, account(world, user ?? owner), { repositories: briefly(covered) });
  return { id: installation.id };
}

function suspend(world, { installation: id, suspended = true, user }) {
  const installation = installationNumbered(world, id);
  installation.suspendedAt = suspended ? world.clock.iso() : null;
  world.webhooks.emitInstallation(
    suspended ? "suspend" : "unsuspend",
    installation,
    account(world, user ?? installation.account.login),
    {},
  );
  return {};
}

function uninstall(world, { installation: id, user }) {
  const installation = installationNumbered(world, id);
  world.installations.delete(id);
  world.webhooks.emitInstallation("deleted", installation, account(world, user ?? installation.account.login), {});
  return {};
}

/** An installation that now covers more repositories: `installation_repositories.added`. */
function addRepositories(world, { installation: id, repositories, user }) {
  const installation = installationNumbered(world, id);
  const named = repositories.map((name) => repositoryNamed(world, `${installation.account.login}/${name}`));
  if (installation.repositories !== "all") installation.repositories = [...installation.repositories, ...repositories];
  world.webhooks.emitInstallation("added", installation, account(world, user ?? installation.account.login), {
    repository_selection: installation.repositories === "all" ? "all" : "selected",
    repositories_added: briefly(named),
    repositories_removed: [],
    requester: null,
  });
  return {};
}

/** What comes first: apps, accounts, repositories, rules. */
export const setupCommands = {
  registerApp: (world, args) => {
    const { id, slug, webhook } = registerApp(world, args);
    return { id, slug, hook: webhook?.id ?? null, bot: `${slug}[bot]` };
  },
  setWebhook: (world, { app: id, url, secret }) => {
    const app = appNumbered(world, id);
    app.webhook = { id: app.webhook?.id ?? world.sequence.id(), url, secret };
    return { hook: app.webhook.id };
  },
  createUser: (world, { login, type }) => ({ ...account(world, login, type) }),
  createTeam: (world, args) => ({ id: setTeam(world, args).id }),
  setMembership: (world, { organization, team, user, state }) => {
    const found = world.teams.get(teamKey(organization, team));
    if (!found) throw notFound();
    setMember(world, found, user, state);
    return { state: state === null ? null : membership(world, organization, team, user).state };
  },
  createRepository: (world, args) => repositoryAnswer(createRepository(world, args)),
  fork: (world, { repository, owner }) => repositoryAnswer(forkRepository(world, repositoryNamed(world, repository), owner)),
  setCollaborator: (world, { repository, user, role }) => {
    repositoryNamed(world, repository).collaborators.set(account(world, user).login.toLowerCase(), role);
    return {};
  },
  install: installApp,
  suspend,
  uninstall,
  addRepositories,
  setPermissions: (world, { installation, permissions }) => {
    installationNumbered(world, installation).permissions = permissions;
    return {};
  },
  createToken: (world, { user, permissions }) => ({ token: createPersonalToken(world, user, permissions) }),
  setRuleset: (world, { repository, branch, checks, classic = false }) => {
    const rules = checks.map(({ name, integration_id: integrationId = null }) => ({ name, integrationId, classic }));
    repositoryNamed(world, repository).rulesets.set(branch, rules);
    return {};
  },
  advance: (world, { seconds }) => {
    world.clock.advance(seconds);
    return { now: world.clock.iso() };
  },
};
