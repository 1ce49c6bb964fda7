import type { CallFact, FileFacts, Language } from "../../model/source.js";
import { names } from "./names.js";

const SCRIPT_WRITES = names(
  `create createOne insert insertOne insertInto save destroy update updateOne updateMany updateTable delete deleteOne deleteMany deleteFrom
   remove softDelete softRemove restore increment decrement`,
);
const PYTHON_WRITES = names("create acreate add update aupdate delete adelete log_create");
const GO_WRITES = names("Exec* Create* Update* Delete* Insert* Save* Put* Remove* Add*");

/** Of these languages it was counted how often a reviewer would be right to ask: docs/judgement.md. */
const WRITES: Readonly<Partial<Record<Language, ReturnType<typeof names>>>> = {
  typescript: SCRIPT_WRITES,
  tsx: SCRIPT_WRITES,
  javascript: SCRIPT_WRITES,
  python: PYTHON_WRITES,
  go: GO_WRITES,
};

/**
 * Whether a call writes one record and reads none. Most such loops are right as they are: hooks of the model run for each
 * record, each may fail by itself, or there are few. What looks for a record first (`upsert`, `get_or_create`) is no such call.
 */
export const isWrittenAlone = ({ chain, method }: CallFact, { language }: FileFacts): boolean =>
  [...chain, method].some((name) => WRITES[language]?.(name) ?? false);
