import { text } from "../../model/text.js";
import { byNumber } from "./order.js";
import type { MigrationTool } from "./tool.js";

/** `-- Up Migration` and `-- Down Migration` in one file, by the leading time. */
export const nodePgMigrate: MigrationTool = {
  id: "node-pg-migrate",
  recognizes: ({ files }) => files.some(({ text: sql }) => sql !== undefined && /^\s*--[\s-]{0,9}up\s{1,9}migration/im.test(sql)),
  ordered: byNumber,
  run: () => ({
    transaction: "file",
    withoutTransaction: text`Write the migration in JavaScript with \`pgm.noTransaction()\`: node-pg-migrate runs SQL files in a transaction.`,
  }),
};
