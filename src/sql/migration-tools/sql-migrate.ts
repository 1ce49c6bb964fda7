import { text } from "../../model/text.js";
import { byNumber } from "./order.js";
import type { MigrationTool } from "./tool.js";

/** `-- +migrate Up` and `Down` in one file; by the leading number. */
export const sqlMigrate: MigrationTool = {
  id: "sql-migrate",
  recognizes: ({ files }) => files.some(({ text: sql }) => sql?.includes("-- +migrate") === true),
  ordered: byNumber,
  run: ({ text: sql }) => ({
    transaction: /^--[ \t]*\+migrate[ \t]+Up[ \t]+notransaction/im.test(sql) ? "statement" : "file",
    withoutTransaction: text`Write \`-- +migrate Up notransaction\`: sql-migrate then runs the file statement by statement.`,
  }),
};
