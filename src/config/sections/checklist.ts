import { type ChecklistItem, checklistItems } from "../../model/rule.js";
import { choice, section } from "../values.js";

const isItem = (key: string): key is ChecklistItem => checklistItems.some((item) => item === key);

/** Lines that close the gate cannot be taken off the list. */
const switchable = checklistItems.filter((item) => !item.startsWith("budgets/"));

const off = choice(["off"]).optional();

export const checklist = section(Object.fromEntries(switchable.map((item) => [item, off])))
  .default({})
  .transform(
    (given): Partial<Record<ChecklistItem, "off">> =>
      Object.fromEntries(Object.entries(given).filter(([key, value]) => isItem(key) && value === "off")),
  )
  .describe("Lines of the checklist that do not concern this repository.")
  .meta({ example: { "tests/load-test": "off" } });
