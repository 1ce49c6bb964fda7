import { text } from "../../model/text.js";
import { byNumber, nameOf } from "./order.js";
import type { MigrationTool } from "./tool.js";

/** Milliseconds since 1970, as Hasura's command writes them. */
const isVersioned = (path: string): boolean => /^\d{13}(?:_|$)/.test(nameOf(path)) && path.endsWith("/up.sql");

/** `<milliseconds>_<name>/up.sql`. */
export const hasura: MigrationTool = {
  id: "hasura",
  recognizes: ({ files }) => files.length > 0 && files.every(({ path }) => isVersioned(path)),
  ordered: byNumber,
  run: () => ({
    transaction: "file",
    withoutTransaction: text`Run the statement with psql, then mark the migration with \`hasura migrate apply --skip-execution --version\`.`,
  }),
};
