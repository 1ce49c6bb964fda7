import { text } from "../../model/text.js";
import { byText, only } from "./order.js";
import type { MigrationTool } from "./tool.js";

/** `supabase/migrations/*.sql`, by name; a file is sent together with its own entry in the table of migrations. */
export const supabase: MigrationTool = {
  id: "supabase",
  recognizes: ({ root }) => /(?:^|\/)supabase\/migrations$/.test(root),
  database: () => "postgresql",
  ordered: only(/(?:^|\/)\d+_[^/]*\.sql$/, byText()),
  run: () => ({
    transaction: "file",
    withoutTransaction: text`Run the statement with psql, then mark the migration with \`supabase migration repair --status applied\`.`,
  }),
};
