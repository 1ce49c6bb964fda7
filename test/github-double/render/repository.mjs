import { nodeId } from "../state/clock.mjs";
import { fullName } from "../state/repositories.mjs";
import { renderAccount, renderOrganization } from "./account.mjs";

/** The many links of a repository: field name → what follows the repository's API address. */
const links = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

export const apiUrl = (world, repository) => `${world.origins.api}/repos/${fullName(repository)}`;
export const webUrl = (world, repository) => `${world.origins.web}/${fullName(repository)}`;

/** GitHub's "minimal repository", which is the head of every other form. */
export function renderMinimalRepository(world, repository) {
  const url = apiUrl(world, repository);
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: renderAccount(world, repository.owner),
    html_url: webUrl(world, repository),
    description: null,
    fork: repository.fork !== null,
    url,
    ...Object.fromEntries(Object.entries(links).map(([field, rest]) => [field, url + rest])),
  };
}

export function renderRepository(world, repository) {
  const web = webUrl(world, repository);
  return {
    ...renderMinimalRepository(world, repository),
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
    git_url: web.replace(/^\w+/, "git"),
    ssh_url: `git@127.0.0.1:${fullName(repository)}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    homepage: null,
    mirror_url: null,
    language: null,
    license: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    forks_count: 0,
    forks: 0,
    watchers: 0,
    ...openIssues(repository),
    ...features,
    archived: repository.archived,
    visibility: repository.private ? "private" : "public",
    default_branch: repository.defaultBranch,
  };
}

const features = {
  has_issues: true,
  has_projects: true,
  has_downloads: true,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  disabled: false,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
};

function openIssues(repository) {
  const count = [...repository.pulls.values()].filter((pull) => pull.state === "open").length;
  return { open_issues_count: count, open_issues: count };
}

export function renderFullRepository(world, repository) {
  const organization = repository.owner.type === "Organization" ? { organization: renderAccount(world, repository.owner) } : {};
  const parent = repository.fork
    ? { parent: renderRepository(world, repository.fork), source: renderRepository(world, repository.fork) }
    : {};
  return { ...renderRepository(world, repository), network_count: 0, subscribers_count: 0, ...organization, ...parent };
}

/** What every repository webhook carries besides its own object. */
export function renderEnvelope(world, repository) {
  const organization = repository.owner.type === "Organization" ? { organization: renderOrganization(world, repository.owner) } : {};
  return { repository: { ...renderRepository(world, repository), custom_properties: {} }, ...organization };
}
