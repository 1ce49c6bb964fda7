/** Everything a reconcile must know anew: the pull request as it is now, and the base branch's configuration and statistics. */
export const pullRequestFacts = `query PullRequestFacts($owner: String!, $name: String!, $number: Int!, $configuration: String!, $statistics: String!) {
  repository(owner: $owner, name: $name) {
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
      headRefOid
      headRepository { databaseId }
      baseRefName
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      labels(first: 100) { nodes { name } }
      baseRef { target { oid ... on Commit {
        file(path: $configuration) { ...content }
        statistics: file(path: $statistics) { ...content }
      } } }
    }
  }
}
fragment content on TreeEntry { object { ... on Blob { text isBinary byteSize } } }`;

/** Contents of many `sha:path` expressions in one call, and the first parents of the merge base. */
export function blobsQuery(count: number): string {
  const variables = Array.from({ length: count }, (_, index) => `, $e${index}: String!`).join("");
  const objects = Array.from({ length: count }, (_, index) => `    o${index}: object(expression: $e${index}) { ...content }`).join("\n");
  return `query Blobs($owner: String!, $name: String!, $mergeBase: GitObjectID!${variables}) {
  repository(owner: $owner, name: $name) {
    ancestors: object(oid: $mergeBase) { ... on Commit { history(first: 40) { nodes { oid parents(first: 1) { nodes { oid } } } } } }
${objects}
  }
}
fragment content on GitObject { ... on Blob { text isBinary isTruncated byteSize } }`;
}
