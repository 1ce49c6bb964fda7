import type { PullKey, RepositoryKey } from "./known.js";

/** What the newest event said of a pull request that no reading of ours has to say again. */
export interface Told {
  /** GitHub's time of it, ISO 8601. */
  readonly at: string;
  /** When it arrived, by our clock; ISO 8601. */
  readonly receivedAt: string;
  readonly headSha: string;
  readonly draft: boolean;
  readonly changedFiles: number;
  /** `id` is GitHub's node id. */
  readonly labels: readonly { readonly id: string; readonly name: string }[];
}

/** GitHub's answer about a pull request, and when it was asked for. */
export interface Reading {
  readonly baseRef: string;
  readonly answer: object;
  readonly at: Date;
}

export interface Readings {
  /** Remembers what an event said, unless a newer one has. */
  tell(key: PullKey, told: Told): Promise<void>;
  told(key: PullKey): Promise<Told | null>;
  save(key: PullKey, reading: Reading): Promise<void>;
  /** The answer is as an earlier version may have kept it. */
  get(key: PullKey): Promise<Reading | null>;
  /** The base branch moved: what was read of pull requests against it is of yesterday. */
  forget(repository: RepositoryKey, baseRef: string): Promise<void>;
}
