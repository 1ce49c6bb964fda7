import { nodeId } from "../state/clock.mjs";

const webOf = (world) => world.origins.web;

/** GitHub's "simple user". Null renders as null: a ghost. */
export function renderAccount(world, account) {
  if (account === null) return null;
  const url = `${world.origins.api}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${webOf(world)}/avatars/u/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${webOf(world)}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
    user_view_type: "public",
  };
}

export function renderOrganization(world, account) {
  const url = `${world.origins.api}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("Organization", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${webOf(world)}/avatars/u/${account.id}`,
    description: null,
  };
}

export function renderApp(world, app) {
  return {
    id: app.id,
    client_id: `Iv1.${app.id.toString(16).padStart(16, "0")}`,
    slug: app.slug,
    node_id: nodeId("App", app.id),
    owner: renderAccount(world, app.owner),
    name: app.name,
    description: null,
    external_url: `${webOf(world)}/${app.slug}`,
    html_url: `${webOf(world)}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

export function renderInstallation(world, installation) {
  const { account } = installation;
  return {
    id: installation.id,
    client_id: renderApp(world, installation.app).client_id,
    account: renderAccount(world, account),
    repository_selection: installation.repositories === "all" ? "all" : "selected",
    access_tokens_url: `${world.origins.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.origins.api}/installation/repositories`,
    html_url: `${webOf(world)}/settings/installations/${installation.id}`,
    app_id: installation.app.id,
    app_slug: installation.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspendedAt,
  };
}
