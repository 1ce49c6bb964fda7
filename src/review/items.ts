import type { CollectedEvidence } from "../model/evidence.js";
import type { ChecklistItem, Rule } from "../model/rule.js";
import type { Examination } from "./examination.js";
import { endpointsExamined, regressionsExamined } from "./examine-budgets.js";
import { searchedCode } from "./examine-code.js";
import { migrationsSafe } from "./examine-migrations.js";
import { explained, indexesAppropriate } from "./examine-plans.js";
import { noRepeats } from "./examine-runtime.js";
import { statementsBounded } from "./examine-sources.js";
import { benchmarkCovers, loadTestUpdated } from "./examine-tests.js";

interface ItemDefinition {
  readonly text: string;
  /** Whether a failure of this line closes the merge gate. */
  readonly gate?: true;
  readonly examine: (evidence: CollectedEvidence, ran: readonly Rule[]) => Examination;
}

/** The checklist: the text of every line is written here and nowhere else. */
export const items: Readonly<Record<ChecklistItem, ItemDefinition>> = {
  "queries/explained": { text: "EXPLAIN run for new and modified queries", examine: explained },
  "queries/no-n-plus-one": { text: "No N+1 queries", examine: noRepeats },
  "queries/appropriate-indexes": { text: "Appropriate indexes", examine: indexesAppropriate },
  "queries/bounded": { text: "Statements are bounded and use their indexes", examine: statementsBounded },
  "migrations/safe": { text: "Migrations do not block a busy table", examine: migrationsSafe },
  "algorithms/complexity": {
    text: "Algorithmic complexity is acceptable",
    examine: searchedCode("algorithms/complexity"),
  },
  "algorithms/no-io-in-loops": { text: "No I/O inside loops", examine: searchedCode("algorithms/no-io-in-loops") },
  "resources/released": {
    text: "Connections and handles are released",
    examine: searchedCode("resources/released"),
  },
  "resources/bounded": { text: "Buffers have limits", examine: searchedCode("resources/bounded") },
  "resources/timeouts": { text: "Timeouts are configured", examine: searchedCode("resources/timeouts") },
  "tests/benchmark": { text: "A benchmark covers critical changes", examine: benchmarkCovers },
  "tests/load-test": { text: "The load test is updated where needed", examine: loadTestUpdated },
  "budgets/regressions": { text: "No benchmark regressed", gate: true, examine: regressionsExamined },
  "budgets/endpoints": { text: "Every endpoint is within its budget", gate: true, examine: endpointsExamined },
};
