import type { PullKey, RepositoryKey } from "./store.js";
import type { PullColumns } from "./tables.js";

export const repositoryColumns = (key: RepositoryKey): RepositoryKey => ({ installation: key.installation, repository: key.repository });

export const pullColumns = (key: PullKey): PullColumns => ({
  ...repositoryColumns(key),
  number: key.number,
  mergeGroup: key.group ?? "",
});

export const pullKey = (row: PullColumns): PullKey => ({
  ...repositoryColumns(row),
  number: row.number,
  ...(row.mergeGroup === "" ? {} : { group: row.mergeGroup }),
});

/** The columns of {@link pullColumns}, for conflict targets. */
export const pullKeyColumns = ["installation", "repository", "number", "mergeGroup"] as const;
