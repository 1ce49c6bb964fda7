import type { Dialect } from "kysely";

/** Where the tables live: PostgreSQL embedded in this process, or a server. */
export interface Engine {
  readonly dialect: Dialect;
  /** Tells the engine which migration the tables are at, so that a later start can refuse before it opens them. */
  migrated(schema: string): void;
  /** Other processes may have the same tables open. */
  readonly shared: boolean;
  /** See `Store.listen`. Where nobody else can write, the process tells itself. */
  listen(heard: () => void): Promise<() => Promise<void>>;
}
