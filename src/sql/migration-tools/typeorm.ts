import { text } from "../../model/text.js";
import { byText } from "./order.js";
import type { MigrationTool } from "./tool.js";

const FILE = /^(?:ormconfig|data-source)\.(?:[cm]?[jt]s|json)$/;

/** SQL files beside TypeORM's migrations, which are code that runs them. */
export const typeorm: MigrationTool = {
  id: "typeorm",
  recognizes: ({ above }) => above(FILE) !== undefined,
  database: ({ above }) => /["']?\btype["']?:\s*["'](\w+)["']/.exec(above(FILE) ?? "")?.[1],
  ordered: byText(),
  run: () => ({
    transaction: "file",
    withoutTransaction: text`Set \`transaction = false\` in the migration that runs this file, and migrationsTransactionMode to "each".`,
  }),
};
