import { text } from "../../model/text.js";
import { byNumber, only } from "./order.js";
import type { MigrationTool } from "./tool.js";

/** `-- +goose Up` and `Down` in one file, by the leading number; statement by statement. */
export const goose: MigrationTool = {
  id: "goose",
  recognizes: ({ files }) => files.some(({ text: sql }) => sql?.includes("-- +goose") === true),
  ordered: only(/(?:^|\/)\d+_[^/]*\.sql$/, byNumber),
  run: ({ text: sql }) => ({
    transaction: /^--[ \t]*\+goose[ \t]+NO[ \t]+TRANSACTION/im.test(sql) ? "statement" : "file",
    withoutTransaction: text`Write \`-- +goose NO TRANSACTION\` at the top of the file: goose then runs it statement by statement.`,
  }),
};
