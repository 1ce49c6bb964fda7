import { notFound } from "../http/refusal.mjs";
import { account } from "./accounts.mjs";
import { createObjects, putCommit } from "./git.mjs";

const emptyRepository = () => ({
  branches: new Map(),
  pulls: new Map(),
  comments: new Map(),
  labels: new Map(),
  issueEvents: [],
  /** Forced pushes and changes of the base branch of pull requests. */
  moves: [],
  checkRuns: new Map(),
  runsOfHead: new Map(),
  checkSuites: new Map(),
  runs: new Map(),
  artifacts: new Map(),
  collaborators: new Map(),
  rulesets: new Map(),
  groups: new Map(),
  archived: false,
  lastNumber: 0,
});

/** A new repository, with a first commit when `files` are given. The owner has admin. */
export function createRepository(world, { owner, name, organization = false, private: secret = false, defaultBranch = "main", files }) {
  const holder = account(world, owner, organization ? "Organization" : "User");
  const repository = {
    ...emptyRepository(),
    id: world.sequence.id(),
    owner: holder,
    name,
    private: secret,
    fork: null,
    defaultBranch,
    objects: createObjects(),
    createdAt: world.clock.iso(),
  };
  world.repositories.set(repository.id, repository);
  if (files) commitOnBranch(world, repository, defaultBranch, { files, message: "Initial commit" });
  return repository;
}

/** A fork under another owner: another repository id, the same objects, all branches. */
export function forkRepository(world, parent, owner) {
  const holder = account(world, owner);
  const fork = { ...emptyRepository(), id: world.sequence.id(), owner: holder, name: parent.name, private: parent.private, fork: parent };
  Object.assign(fork, { defaultBranch: parent.defaultBranch, objects: parent.objects, branches: new Map(parent.branches) });
  fork.createdAt = world.clock.iso();
  world.repositories.set(fork.id, fork);
  return fork;
}

export const fullName = (repository) => `${repository.owner.login}/${repository.name}`;

/** The repository `owner/name`, or 404. */
export function repositoryNamed(world, name) {
  const wanted = name.toLowerCase();
  const found = [...world.repositories.values()].find((repository) => fullName(repository).toLowerCase() === wanted);
  if (!found) throw notFound();
  return found;
}

export const person = (login) => ({ name: login, email: `${login}@users.noreply.example` });

/** Commits `files` on a branch (made from `parent`, or from the default branch, when it is new) and moves it. */
export function commitOnBranch(world, repository, branch, { files, message, author, date, sha, parent, parents }) {
  const onto = parent ?? repository.branches.get(branch) ?? repository.branches.get(repository.defaultBranch);
  const commit = putCommit(repository.objects, {
    parents: parents ?? (onto ? [onto] : []),
    files,
    message: message ?? `Change ${Object.keys(files).join(", ")}`,
    author: person(author ?? repository.owner.login),
    date: date ?? world.clock.iso(),
    sha,
  });
  repository.branches.set(branch, commit.sha);
  return commit;
}

/** The commit that a SHA, branch name, `heads/…` or `refs/heads/…` means, or null. */
export function resolve(repository, reference) {
  const branch = reference.replace(/^(refs\/)?heads\//, "");
  const sha = repository.branches.get(branch) ?? repository.branches.get(reference) ?? reference;
  return repository.objects.commits.get(sha) ?? pullHead(repository, reference);
}

function pullHead(repository, reference) {
  const number = /^refs\/pull\/(\d+)\/head$/.exec(reference)?.[1];
  return number ? (repository.objects.commits.get(repository.pulls.get(Number(number))?.head.sha) ?? null) : null;
}

/** The role of a person: owner admin, collaborators as set, everybody reads a public repository. */
export function roleOf(repository, login) {
  if (login.toLowerCase() === repository.owner.login.toLowerCase()) return "admin";
  return repository.collaborators.get(login.toLowerCase()) ?? (repository.private ? "none" : "read");
}
