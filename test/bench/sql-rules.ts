import { createSqlParser } from "../../src/sandbox/sql.js";
import { readCorpus } from "../eval/sql/corpus.js";
import { defaults } from "../eval/sql/judged.js";
import { timing } from "../eval/sql/timing.js";

/** The statement rules and squawk on the same 1,000 real migration statements: of the repositories at these folders. */
export async function sqlRuleRates(folders: readonly string[]): Promise<string> {
  const parser = createSqlParser({ textMs: 20_000, callMs: 600_000 });
  try {
    const corpora = [];
    for (const folder of folders) corpora.push(await readCorpus(folder));
    return await timing(
      corpora.map(({ migrations }) => migrations),
      parser,
      defaults(),
    );
  } finally {
    parser.close();
  }
}
