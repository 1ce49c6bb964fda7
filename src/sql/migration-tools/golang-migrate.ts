import { text } from "../../model/text.js";
import { byNumber, nameOf, only } from "./order.js";
import type { MigrationTool } from "./tool.js";
import { asOneString } from "./transaction.js";

/** `<version>_<name>.up.sql`, by version; the whole file goes to the server as one string. */
export const golangMigrate: MigrationTool = {
  id: "golang-migrate",
  recognizes: ({ files }) => files.some(({ path }) => /^\d+_.*\.up\.sql$/.test(nameOf(path))),
  ordered: only(/(?:^|\/)\d+_[^/]*\.up\.sql$/, byNumber),
  run: ({ text: sql }) => ({
    transaction: asOneString(sql),
    withoutTransaction: text`Put the statement alone into a migration of its own: golang-migrate sends a file as one string.`,
  }),
};
