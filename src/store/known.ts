/** GitHub's numeric ids; names change, ids do not. Every table starts with the installation. */
export interface RepositoryKey {
  readonly installation: number;
  readonly repository: number;
}

/** A pull request, or other work (`group` names it): a merge group's head SHA, with the number of the pull request it is named after, or 0. */
export interface PullKey extends RepositoryKey {
  readonly number: number;
  readonly group?: string;
}

/** What is known of a pull request from its events. */
export interface KnownPull extends PullKey {
  readonly owner: string;
  readonly name: string;
  readonly headSha: string;
  readonly headRepository: number | null;
  readonly baseRef: string;
  readonly open: boolean;
  /** GitHub's time of the change whose event told this, ISO 8601: what an older event says changes nothing. */
  readonly toldAt?: string;
}
