import { text } from "../../model/text.js";
import { byText, only } from "./order.js";
import type { MigrationTool } from "./tool.js";
import { asOneString } from "./transaction.js";

/** `-- migrate:up` and `-- migrate:down` in one file, by name. */
export const dbmate: MigrationTool = {
  id: "dbmate",
  recognizes: ({ files }) => files.some(({ text: sql }) => sql !== undefined && /^--[ \t]*migrate:up/m.test(sql)),
  ordered: only(/(?:^|\/)\d+[^/]*\.sql$/, byText()),
  run: ({ text: sql }) => ({
    transaction: /^--[ \t]*migrate:up[^\r\n]{0,100}transaction:false/m.test(sql) ? asOneString(sql) : "file",
    withoutTransaction: text`Write \`-- migrate:up transaction:false\`, and one statement below it: dbmate sends the block as one string.`,
  }),
};
