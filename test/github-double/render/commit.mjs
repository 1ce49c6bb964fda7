import { account } from "../state/accounts.mjs";
import { changedFiles } from "../state/diff.mjs";
import { renderAccount } from "./account.mjs";
import { apiUrl, webUrl } from "./repository.mjs";

const unsigned = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

export function renderCommit(world, repository, commit) {
  const url = apiUrl(world, repository);
  const web = webUrl(world, repository);
  const who = { name: commit.author.name, email: commit.author.email, date: commit.date };
  const login = renderAccount(world, account(world, commit.author.name));
  return {
    url: `${url}/commits/${commit.sha}`,
    sha: commit.sha,
    node_id: Buffer.from(`Commit${commit.sha}`).toString("base64"),
    html_url: `${web}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    commit: {
      url: `${url}/git/commits/${commit.sha}`,
      author: who,
      committer: who,
      message: commit.message,
      tree: { sha: commit.treeSha, url: `${url}/git/trees/${commit.treeSha}` },
      comment_count: 0,
      verification: unsigned,
    },
    author: login,
    committer: login,
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${web}/commit/${sha}` })),
  };
}

/** The form in which webhooks and workflow runs show a commit. */
export function renderSimpleCommit(commit) {
  const { name, email } = commit.author;
  const who = { name, email };
  return { id: commit.sha, tree_id: commit.treeSha, message: commit.message, timestamp: commit.date, author: who, committer: who };
}

/** A commit of a push webhook: with the paths it touches. */
export function renderPushedCommit(world, repository, commit) {
  const parent = repository.objects.commits.get(commit.parents[0]);
  const files = changedFiles(repository.objects, parent?.tree ?? new Map(), commit.tree);
  const paths = (...statuses) => files.filter((file) => statuses.includes(file.status)).map((file) => file.filename);
  const { author, committer, ...rest } = renderSimpleCommit(commit);
  return {
    ...rest,
    distinct: true,
    url: `${webUrl(world, repository)}/commit/${commit.sha}`,
    author: { ...author, username: author.name },
    committer: { ...committer, username: committer.name },
    added: paths("added"),
    removed: [...paths("removed"), ...files.filter((file) => file.previous).map((file) => file.previous)],
    modified: paths("modified", "renamed"),
  };
}

/** GitHub's diff entry. `sha` is the commit at which the file is shown. */
export function renderFile(world, repository, sha, file) {
  const path = file.filename.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${webUrl(world, repository)}/blob/${sha}/${path}`,
    raw_url: `${webUrl(world, repository)}/raw/${sha}/${path}`,
    contents_url: `${apiUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previous === undefined ? {} : { previous_filename: file.previous }),
  };
}
