import { type ChecklistItem, checklistItems } from "../../model/rule.js";
import type { Config, OwnLine } from "../config.js";
import { ownItem } from "../own-item.js";
import { choice, flag, glob, listOf, section, words } from "../values.js";

const isItem = (key: string): key is ChecklistItem => checklistItems.some((item) => item === key);

/** Lines that close the gate cannot be taken off the list, and need nobody's tick. */
const switchable = checklistItems.filter((item) => !item.startsWith("budgets/"));

const state = choice(["off", "required"]).optional();

/** A longer list is read by nobody. */
const MOST = 20;

const ownLine = section({
  text: words("a line of at most 100 characters", 100).describe("The line, a statement that is true when all is well."),
  paths: listOf(glob).default([]).describe("It is shown when a changed file matches; without any, always."),
  help: words("a sentence of at most 200 characters", 200).optional().describe("What to look at; shown beside it."),
  required: flag.default(false).describe("Whether the gate stays closed until a second person has ticked it."),
}).transform(({ help, ...line }): OwnLine => ({ ...line, item: ownItem(line.text), ...(help !== undefined && { help }) }));

const lines = listOf(ownLine)
  .max(MOST, { error: `write at most ${MOST} lines` })
  .superRefine((all, context) => {
    const seen = new Set<string>();
    for (const [index, { item }] of all.entries()) {
      if (seen.has(item))
        context.addIssue({ code: "custom", path: [index, "text"], message: "write it once", params: { why: "is given twice" } });
      seen.add(item);
    }
  })
  .default([])
  .describe("Lines of your own, which a person ticks.");

export const checklist = section({ ...Object.fromEntries(switchable.map((item) => [item, state])), lines })
  .prefault({})
  .transform(({ lines: own, ...given }): Config["checklist"] => ({
    items: Object.fromEntries(Object.entries(given).filter(([key, value]) => isItem(key) && value !== undefined)),
    lines: own,
  }))
  .describe(
    "`off`: a line that does not concern this repository. `required`: the gate stays closed until the line is answered, by evidence or by the tick of a person with write access who is not the author.",
  )
  .meta({
    example: {
      "tests/load-test": "off",
      "resources/timeouts": "required",
      lines: [{ text: "Cache keys carry the tenant", paths: ["src/cache/**"], help: "docs/cache.md says how" }],
    },
  });
