import { text } from "../../model/text.js";
import { byText, only } from "./order.js";
import type { MigrationTool } from "./tool.js";
import { asOneString } from "./transaction.js";

/** `<time>_<name>/migration.sql`, by name; the whole file goes to the server as one string. */
export const prisma: MigrationTool = {
  id: "prisma",
  recognizes: ({ files }) => files.some(({ path }) => path.endsWith("/migration.sql")),
  database: ({ beside, above }) =>
    /^\s*provider\s*=\s*"(\w+)"/m.exec(beside("migration_lock.toml") ?? datasource(above(/^schema\.prisma$/)))?.[1],
  ordered: only(/\/migration\.sql$/, byText()),
  run: ({ text: sql }) => ({
    transaction: asOneString(sql),
    withoutTransaction: text`Put the statement alone into a migration.sql of its own: Prisma runs a file of one statement without a transaction.`,
  }),
};

/** A generator has a provider too. */
const datasource = (schema = ""): string => schema.slice(Math.max(0, schema.indexOf("datasource ")));
