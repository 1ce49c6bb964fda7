import { text } from "../../model/text.js";
import { byNumber } from "./order.js";
import type { MigrationTool } from "./tool.js";

/** Formatted SQL: `--changeset author:id`, each a transaction of its own; `--rollback` lines are comments to everybody else. */
export const liquibase: MigrationTool = {
  id: "liquibase",
  recognizes: ({ files }) => files.some(({ text: sql }) => /^\s*--\s{0,9}liquibase formatted sql/i.test(sql ?? "")),
  ordered: byNumber,
  run: ({ text: sql }) => ({
    transaction: /^--[ \t]*changeset[^\r\n]{0,300}runInTransaction:false/im.test(sql) ? "statement" : "file",
    withoutTransaction: text`Put the statement into a changeset of its own with \`runInTransaction:false\` behind its name.`,
  }),
};
