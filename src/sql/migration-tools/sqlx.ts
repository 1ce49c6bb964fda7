import { text } from "../../model/text.js";
import { byNumber, only } from "./order.js";
import type { MigrationTool } from "./tool.js";
import { asOneString } from "./transaction.js";

const NO_TRANSACTION = /^--\s{0,9}no-transaction/;

const isSqlx = (manifest = ""): boolean => /^\s*(?:\[[\w.-]*dependencies\.)?sqlx\b/m.test(manifest);

/** `<version>_<name>.sql` or `.up.sql` in a crate that uses sqlx, by version. */
export const sqlx: MigrationTool = {
  id: "sqlx",
  recognizes: ({ files, above }) => files.some(({ text: sql }) => NO_TRANSACTION.test(sql ?? "")) || isSqlx(above(/^Cargo\.toml$/)),
  ordered: only(/(?:^|\/)\d+_[^/]*\.sql$/, byNumber),
  run: ({ text: sql }) => ({
    transaction: NO_TRANSACTION.test(sql) ? asOneString(sql) : "file",
    withoutTransaction: text`Begin the file with \`-- no-transaction\`, and write one statement into it: sqlx sends it as one string.`,
  }),
};
