import { createSqlParser } from "../../src/sandbox/sql.js";

/**
 * The SQL parser of all test files that are about something else: they share their modules, and so its process, which
 * ends with theirs. It has read what other files asked, so its memory is not a text's.
 */
export const sharedParser = createSqlParser({ textMs: 20_000, rssMb: 1000 });
