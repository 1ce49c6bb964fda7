/** PGlite as far as the driver uses it: on this thread or on another one. */
export interface EmbeddedDatabase {
  /** @throws what PostgreSQL refuses, with its `code` and `severity`. */
  query<R>(sql: string, parameters: unknown[]): Promise<{ readonly rows: R[]; readonly affectedRows?: number | undefined }>;
  close(): Promise<void>;
  /** Ends it where it stands: it is broken, and what it holds is given up. */
  abandon(): Promise<void>;
}
