import { text } from "../../model/text.js";
import { byText } from "./order.js";
import type { MigrationTool } from "./tool.js";

const FILE = /^knexfile\.[cm]?[jt]s$/;

/** SQL files beside Knex's migrations, which are code that runs them. */
export const knex: MigrationTool = {
  id: "knex",
  recognizes: ({ above }) => above(FILE) !== undefined,
  database: ({ above }) => /\bclient:\s*["']([\w-]+)["']/.exec(above(FILE) ?? "")?.[1],
  ordered: byText(),
  run: () => ({
    transaction: "file",
    withoutTransaction: text`Export \`config = { transaction: false }\` from the migration that runs this file.`,
  }),
};
