import { headRunsFields } from "./head-runs.js";
import { actorFragment, commitsFields, timelineFields } from "./timeline.js";

const factsVariables = "$owner: String!, $name: String!, $number: Int!, $configuration: String!, $statistics: String!";

const facts = `
    databaseId
    url
    isInOrganization
    defaultBranchRef { name }
    pullRequest(number: $number) {
      number
      state
      isDraft
      locked
      changedFiles
      updatedAt
      headRefOid
      headRepository { databaseId }
      baseRefName
      author { ...who }
      labels(first: 100) { nodes { id name } }
      ${timelineFields}
      ${commitsFields}
      ${headRunsFields}
      baseRef { target { oid ... on Commit {
        file(path: $configuration) { ...content }
        statistics: file(path: $statistics) { ...content }
      } } }
    }`;

const contentOfEntry = "fragment content on TreeEntry { object { ... on Blob { text isBinary byteSize } } }";

const contentOfObject = "fragment blob on GitObject { ... on Blob { text isBinary isTruncated byteSize } }";

const ancestors =
  "    ancestors: object(oid: $mergeBase) { ... on Commit { history(first: 40) { nodes { oid parents(first: 1) { nodes { oid } } } } } }";

const numbered = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

const blobVariables = (count: number): string => `$mergeBase: GitObjectID!${numbered(count, (index) => `, $e${index}: String!`)}`;

/** A fragment that nothing uses makes a query invalid. */
const blobFragment = (count: number): string => (count > 0 ? `\n${contentOfObject}` : "");

const blobs = (count: number): string =>
  `${ancestors}${numbered(count, (index) => `\n    o${index}: object(expression: $e${index}) { ...blob }`)}`;

/** Everything a reconcile must know anew: the pull request as it is now, and the base branch's configuration and statistics. */
export const pullRequestFacts = `query PullRequestFacts(${factsVariables}) {
  repository(owner: $owner, name: $name) {${facts}
  }
}
${actorFragment}
${contentOfEntry}`;

/** The same together with the contents of many `sha:path` expressions and the first parents of the merge base. */
export const pullRequestChange = (count: number): string => `query PullRequestChange(${factsVariables}, ${blobVariables(count)}) {
  repository(owner: $owner, name: $name) {${facts}
${blobs(count)}
  }
}
${actorFragment}
${contentOfEntry}${blobFragment(count)}`;

/** Contents of many `sha:path` expressions in one call, and the first parents of the merge base. */
export const blobsQuery = (count: number): string => `query Blobs($owner: String!, $name: String!, ${blobVariables(count)}) {
  repository(owner: $owner, name: $name) {
${blobs(count)}
  }
}${blobFragment(count)}`;
