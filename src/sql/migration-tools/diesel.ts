import { text } from "../../model/text.js";
import { byText, only } from "./order.js";
import type { MigrationTool } from "./tool.js";
import { asOneString } from "./transaction.js";

/** Diesel compares versions without their dashes, as text: `2019-12-16` and `20191216` are one moment. */
const version = (name: string): string => (name.split("_")[0] ?? "").replaceAll("-", "");

const folderOf = (path: string): string => path.split("/").at(-2) ?? "";

/** `<version>_<name>/up.sql`; `metadata.toml` beside it may turn the transaction off. */
export const diesel: MigrationTool = {
  id: "diesel",
  recognizes: ({ files }) => files.some(({ path }) => path.endsWith("/up.sql")),
  ordered: only(/\/up\.sql$/, byText(version)),
  run: ({ path, text: sql }, { beside }) => ({
    transaction: /^\s*run_in_transaction\s*=\s*false/m.test(beside(`${folderOf(path)}/metadata.toml`) ?? "") ? asOneString(sql) : "file",
    withoutTransaction: text`Write \`run_in_transaction = false\` into a metadata.toml beside the up.sql, and one statement into that file.`,
  }),
};
