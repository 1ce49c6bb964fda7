/** One file of the repository at the head. Path and text are foreign. */
export interface TreeFile {
  readonly path: string;
  /** The git blob's id. */
  readonly sha: string;
  readonly text?: string;
  /** Why the text is absent: `binary`, `larger than 512 KB`, … */
  readonly unread?: string;
}

/** The wanted files of the repository at the head. The base's follow from these and the changed files. */
export interface Tree {
  readonly files: readonly TreeFile[];
  /** Set when not all of them were read: why. */
  readonly incomplete?: string;
}
