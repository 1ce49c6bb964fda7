import { text } from "../../model/text.js";
import { byText } from "./order.js";
import type { MigrationTool } from "./tool.js";
import { asOneString } from "./transaction.js";

/** SQL files beside Sequelize's migrations, which are code that runs them, without a transaction unless they begin one. */
export const sequelize: MigrationTool = {
  id: "sequelize",
  recognizes: ({ above }) => above(/^\.sequelizerc$/) !== undefined,
  ordered: byText(),
  run: ({ text: sql }) => ({
    transaction: asOneString(sql),
    withoutTransaction: text`Run the statement in a \`queryInterface.sequelize.query()\` of its own, outside a transaction.`,
  }),
};
