import { z } from "zod";
import type { EditedMigration } from "../../model/evidence.js";
import type { Rule } from "../../model/rule.js";
import { join, type Text, text } from "../../model/text.js";

const LISTED = 10;

const clause = ({ path, previousPath, how }: EditedMigration): Text =>
  how === "renamed" && previousPath !== undefined ? text`${previousPath} is renamed to ${path}` : text`${path} is ${[how]}`;

/** Migrations that databases have run are made others: one finding for all of them. */
export const migrationEdited: Rule<"changes"> = {
  id: "migrations/migration-edited",
  answers: "migrations/safe",
  needs: ["changes"],
  options: z.strictObject({}),
  check({ changes: { editedMigrations: edited = [] } }) {
    const [first] = edited;
    if (!first) return [];
    const more = edited.length > LISTED ? text`; and ${edited.length - LISTED} more` : [];
    return [
      {
        severity: "warning",
        message: text`${join(edited.slice(0, LISTED).map(clause), "; ")}${more}. The base branch holds it already: databases that ran it stay as they are or refuse to go on (a checksum that differs), new ones get something else.`,
        help: text`Leave it as it was, and write what is to be different into a new migration.`,
        ...(first.how !== "deleted" && { at: { path: first.path, line: first.line } }),
      },
    ];
  },
};
