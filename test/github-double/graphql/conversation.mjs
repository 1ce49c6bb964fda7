import { account } from "../state/accounts.mjs";
import { nodeId } from "../state/clock.mjs";
import { pullCommits } from "../state/pulls.mjs";

/** GraphQL writes a bot's login without `[bot]`. */
export function actorFields(user) {
  if (user === null) return null;
  return { __typename: user.type, login: user.login.replace(/\[bot\]$/, ""), databaseId: user.id };
}

export const labelFields = ({ id, name }) => ({ id: nodeId("Label", id), name });

const kinds = { labeled: "LabeledEvent", unlabeled: "UnlabeledEvent" };

/** The newest 100 of labels put and taken, forced pushes and changes of the base branch. The label is shown as it is named now. */
export function timelineOf(repository, { number }) {
  const now = (label) => [...repository.labels.values()].find(({ id }) => id === label.id) ?? label;
  const labels = repository.issueEvents.map((event) => ({ ...event, kind: kinds[event.event], label: labelFields(now(event.label)) }));
  const found = [...labels, ...repository.moves].filter((event) => event.number === number);
  const nodes = found
    .map(({ kind, createdAt, actor, label }) => ({
      __typename: kind,
      createdAt,
      actor: actorFields(actor),
      ...(label === undefined ? {} : { label }),
    }))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return { nodes: nodes.slice(-100) };
}

const trailer = /^co-authored-by: (.+) <([^>]+)>$/gim;

/** Addresses `<login>@users.noreply.…` belong to accounts; others to nobody. */
function gitActor(world, { name, email }) {
  const login = /^(?:\d+\+)?([\w[\]-]+)@users\.noreply\.(?:example|github\.com)$/.exec(email)?.[1];
  return { name, email, user: login === undefined ? null : { databaseId: account(world, login).id } };
}

/** The newest 100 commits, each with its author, co-authors and committer. */
export function commitsOf(world, repository, pull) {
  const commits = pullCommits(repository, pull);
  const nodes = commits.slice(-100).map(({ sha, author, message }) => {
    const coAuthors = [...message.matchAll(trailer)].map(([, name, email]) => ({ name, email }));
    const authors = [author, ...coAuthors].map((who) => gitActor(world, who));
    return {
      commit: { oid: sha, authors: { totalCount: authors.length, nodes: authors.slice(0, 20) }, committer: gitActor(world, author) },
    };
  });
  return { totalCount: commits.length, nodes };
}
