/** A payload with as many fields, and as long ones, as GitHub's own for an edited pull request: 18 KB. What matters comes from the arguments. */

const addresses = (base: string, parts: readonly string[]): object =>
  Object.fromEntries(parts.map((part) => [`${part.replace(/[{/].*/, "")}_url${part.includes("/") ? part.length : ""}`, `${base}/${part}`]));

const OF_ACCOUNT =
  "followers following{/other_user} gists{/gist_id} starred{/owner}{/repo} subscriptions organizations repos events{/privacy} received_events";
const OF_REPOSITORY =
  "forks keys{/key_id} collaborators{/collaborator} teams hooks issues/events{/number} events assignees{/user} branches{/branch} tags git/blobs{/sha} git/tags{/sha} git/refs{/sha} git/trees{/sha} statuses/{sha} languages stargazers contributors subscribers subscription commits{/sha} git/commits{/sha} comments{/number} issues/comments{/number} contents/{+path} compare/{base}...{head} merges {archive_format}{/ref} downloads issues{/number} pulls{/number} milestones{/number} notifications{?since,all,participating} labels{/name} releases{/id} deployments";

const account = (login: string, id: number, type: string) => ({
  ...{ login, id, node_id: `MDQ6VXNlcj${id}`, avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`, gravatar_id: "" },
  ...{ url: `https://api.github.com/users/${login}`, html_url: `https://github.com/${login}`, type, site_admin: false },
  ...addresses(`https://api.github.com/users/${login}`, OF_ACCOUNT.split(" ")),
});

const acme = account("acme", 3, "Organization");
const alice = account("alice", 30, "User");
const api = "https://api.github.com/repos/acme/shop";

const shop = {
  ...{ id: 2, node_id: "R_kgDOA", name: "shop", full_name: "acme/shop", private: true, owner: acme, fork: false, url: api },
  ...{ html_url: "https://github.com/acme/shop", description: "The shop", language: "Python", default_branch: "main", size: 4711 },
  ...addresses(api, OF_REPOSITORY.split(" ")),
  ...{ created_at: "2020-01-05T09:00:00Z", updated_at: "2026-01-05T09:00:00Z", pushed_at: "2026-01-05T09:00:00Z" },
  ...{ clone_url: "https://github.com/acme/shop.git", ssh_url: "git@github.com:acme/shop.git", stargazers_count: 80, forks_count: 9 },
  ...{ has_issues: true, has_projects: true, has_wiki: false, archived: false, disabled: false, license: null, topics: [] },
  ...{ visibility: "private", open_issues: 12, watchers: 80, allow_forking: true, is_template: false },
};

function pullRequest(number: number, updatedAt: string): object {
  const sha = `${number}`.padStart(40, "0");
  const url = `${api}/pulls/${number}`;
  const side = (ref: string, of: string) => ({ label: `acme:${ref}`, ref, sha: of, user: acme, repo: shop });
  return {
    ...{ url, id: 9_000 + number, node_id: `PR_kwDOA${number}`, html_url: `https://github.com/acme/shop/pull/${number}`, number },
    ...{ state: "open", locked: false, title: `Faster checkout, part ${number}`, user: alice, draft: false },
    body: "What was slow, and what this changes about it. ".repeat(12),
    ...{ created_at: "2026-01-05T08:00:00Z", updated_at: updatedAt, closed_at: null, merged_at: null, merge_commit_sha: sha },
    ...{ assignee: null, assignees: [], requested_reviewers: [alice], requested_teams: [], labels: [], milestone: null },
    ...{ head: side(`checkout-${number}`, sha), base: side("main", "f".repeat(40)), author_association: "MEMBER" },
    ...{ merged: false, merged_by: null, comments: 2, review_comments: 3, commits: 4, additions: 120, deletions: 30, changed_files: 3 },
  };
}

/** A new title: stored, handled, and nothing that asks for a review. */
export const edited = (number: number, updatedAt: string): object => ({
  ...{ action: "edited", number, changes: { title: { from: "before" } } },
  pull_request: pullRequest(number, updatedAt),
  ...{ repository: shop, organization: acme, sender: alice, installation: { id: 1, node_id: "MDIz" } },
});
