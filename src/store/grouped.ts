import { type RawBuilder, sql } from "kysely";
import { GroupCommit } from "./group-commit.js";
import type { PullKey } from "./known.js";

/** Enough that a statement costs next to nothing for each, and few enough that it stays short. */
const LIMIT = 64;

/** Tells pull requests apart. */
export const pullId = ({ installation, repository, number, group = "" }: PullKey): string =>
  JSON.stringify([installation, repository, number, group]);

/** In one order everywhere, so that two processes cannot wait for each other's rows. */
export const inOrder = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] =>
  items
    .map((item) => ({ key: keyOf(item), item }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ item }) => item);

/** One column of many rows, for `unnest`. */
export const column = <T>(items: readonly T[], type: string, of: (item: T) => unknown): RawBuilder<unknown> =>
  sql`${items.map(of)}::${sql.raw(type)}[]`;

/** The columns `installation, repository, number, merge_group` of many rows, for `unnest`. */
export const keysOf = <T>(items: readonly T[], keyOf: (item: T) => PullKey): RawBuilder<unknown> =>
  sql.join([
    column(items, "bigint", (item) => keyOf(item).installation),
    column(items, "bigint", (item) => keyOf(item).repository),
    column(items, "int", (item) => keyOf(item).number),
    column(items, "text", (item) => keyOf(item).group ?? ""),
  ]);

/** One statement for all that is written together; what is about the same keeps its order, in statements of its own. */
export function groupedWrite<T>(keyOf: (item: T) => string, write: (items: readonly T[]) => Promise<unknown>): (item: T) => Promise<void> {
  const commit = async (items: readonly T[]): Promise<readonly undefined[]> => {
    await write(inOrder(items, keyOf));
    return items.map(() => undefined);
  };
  const group = new GroupCommit<T, void>({ commit, keyOf, limit: LIMIT });
  return (item) => group.add(item);
}

/** One statement for all that is asked together. @param read one answer for each, in order */
export function groupedRead<T, R>(read: (items: readonly T[]) => Promise<readonly R[]>): (item: T) => Promise<R> {
  const group = new GroupCommit<T, R>({ commit: read, limit: LIMIT });
  return (item) => group.add(item);
}
