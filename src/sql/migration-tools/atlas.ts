import { text } from "../../model/text.js";
import { byText } from "./order.js";
import type { MigrationTool } from "./tool.js";

/** A folder with an `atlas.sum`, by name. */
export const atlas: MigrationTool = {
  id: "atlas",
  recognizes: ({ beside }) => beside("atlas.sum") !== undefined,
  ordered: byText(),
  run: ({ text: sql }) => ({
    transaction: /^--[ \t]*atlas:txmode[ \t]+none/m.test(sql) ? "statement" : "file",
    withoutTransaction: text`Write \`-- atlas:txmode none\` at the top of the file: Atlas then runs it statement by statement.`,
  }),
};
