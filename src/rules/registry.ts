import type { Rule } from "../model/rule.js";
import { awaitInLoop } from "./algorithms/await-in-loop.js";
import { httpCallInLoop } from "./algorithms/http-call-in-loop.js";
import { linearSearchInLoop } from "./algorithms/linear-search-in-loop.js";
import { repeatedCall } from "./algorithms/repeated-call.js";
import { sortInLoop } from "./algorithms/sort-in-loop.js";
import { benchmarkMissing } from "./budgets/benchmark-missing.js";
import { endpointOverBudget } from "./budgets/endpoint-over-budget.js";
import { regression } from "./budgets/regression.js";
import { addColumnAutoIncrement } from "./migrations/add-column-auto-increment.js";
import { addColumnRequired } from "./migrations/add-column-required.js";
import { addColumnStored } from "./migrations/add-column-stored.js";
import { addColumnVolatileDefault } from "./migrations/add-column-volatile-default.js";
import { addExclusion } from "./migrations/add-exclusion.js";
import { addUniqueBlocking } from "./migrations/add-unique-blocking.js";
import { alterTypeRewrite } from "./migrations/alter-type-rewrite.js";
import { backfillInMigration } from "./migrations/backfill-in-migration.js";
import { checkValidate } from "./migrations/check-validate.js";
import { concurrentlyInTransaction } from "./migrations/concurrently-in-transaction.js";
import { dropColumn } from "./migrations/drop-column.js";
import { dropTable } from "./migrations/drop-table.js";
import { enumValueUsedInTransaction } from "./migrations/enum-value-used-in-transaction.js";
import { fkDropLock } from "./migrations/fk-drop-lock.js";
import { fkMultiple } from "./migrations/fk-multiple.js";
import { fkTypeMismatch } from "./migrations/fk-type-mismatch.js";
import { fkUnindexed } from "./migrations/fk-unindexed.js";
import { fkValidate } from "./migrations/fk-validate.js";
import { indexColumnOrder } from "./migrations/index-column-order.js";
import { indexCreateBlocking } from "./migrations/index-create-blocking.js";
import { indexDropBlocking } from "./migrations/index-drop-blocking.js";
import { indexDropInUse } from "./migrations/index-drop-in-use.js";
import { indexHash } from "./migrations/index-hash.js";
import { indexInvalidLeftover } from "./migrations/index-invalid-leftover.js";
import { indexRedundant } from "./migrations/index-redundant.js";
import { indexReplaceGap } from "./migrations/index-replace-gap.js";
import { indexTooWide } from "./migrations/index-too-wide.js";
import { jsonNotJsonb } from "./migrations/json-not-jsonb.js";
import { key32bit } from "./migrations/key-32bit.js";
import { lockObserved } from "./migrations/lock-observed.js";
import { lockTableExplicit } from "./migrations/lock-table-explicit.js";
import { lockTimeoutMissing } from "./migrations/lock-timeout-missing.js";
import { matviewRefreshBlocking } from "./migrations/matview-refresh-blocking.js";
import { migrationEdited } from "./migrations/migration-edited.js";
import { mysqlCopyAlter } from "./migrations/mysql-copy-alter.js";
import { mysqlEnumReorder } from "./migrations/mysql-enum-reorder.js";
import { mysqlFkCopy } from "./migrations/mysql-fk-copy.js";
import { mysqlIndexNoDml } from "./migrations/mysql-index-no-dml.js";
import { mysqlInlineReferences } from "./migrations/mysql-inline-references.js";
import { mysqlNoFailFast } from "./migrations/mysql-no-fail-fast.js";
import { partitionAttachScan } from "./migrations/partition-attach-scan.js";
import { partitionCreateLock } from "./migrations/partition-create-lock.js";
import { partitionDetachBlocking } from "./migrations/partition-detach-blocking.js";
import { reindexBlocking } from "./migrations/reindex-blocking.js";
import { renameColumn } from "./migrations/rename-column.js";
import { renameTable } from "./migrations/rename-table.js";
import { rlsPolicyPerRow } from "./migrations/rls-policy-per-row.js";
import { setNotNullScan } from "./migrations/set-not-null-scan.js";
import { sqliteTableRebuild } from "./migrations/sqlite-table-rebuild.js";
import { tableRewrite } from "./migrations/table-rewrite.js";
import { triggerPerRow } from "./migrations/trigger-per-row.js";
import { truncateTable } from "./migrations/truncate-table.js";
import { uniqueOnExistingData } from "./migrations/unique-on-existing-data.js";
import { cartesianJoin } from "./queries/cartesian-join.js";
import { correlatedSubquery } from "./queries/correlated-subquery.js";
import { countUnbounded } from "./queries/count-unbounded.js";
import { cteFence } from "./queries/cte-fence.js";
import { dbCallInLoop } from "./queries/db-call-in-loop.js";
import { dbWriteInLoop } from "./queries/db-write-in-loop.js";
import { distinctOverJoin } from "./queries/distinct-over-join.js";
import { eachWithoutBatches } from "./queries/each-without-batches.js";
import { existsByCount } from "./queries/exists-by-count.js";
import { functionOnColumn } from "./queries/function-on-column.js";
import { implicitCast } from "./queries/implicit-cast.js";
import { joinCount } from "./queries/join-count.js";
import { joinUnindexed } from "./queries/join-unindexed.js";
import { largeInList } from "./queries/large-in-list.js";
import { likeLeadingWildcard } from "./queries/like-leading-wildcard.js";
import { likePrefixCollation } from "./queries/like-prefix-collation.js";
import { lockingJoin } from "./queries/locking-join.js";
import { notInSubquery } from "./queries/not-in-subquery.js";
import { offsetPagination } from "./queries/offset-pagination.js";
import { orAcrossColumns } from "./queries/or-across-columns.js";
import { orderByRandom } from "./queries/order-by-random.js";
import { orderByUnindexed } from "./queries/order-by-unindexed.js";
import { outerJoinNullTest } from "./queries/outer-join-null-test.js";
import { partitionNotPruned } from "./queries/partition-not-pruned.js";
import { planRegression } from "./queries/plan-regression.js";
import { predicateUnindexed } from "./queries/predicate-unindexed.js";
import { queueWithoutSkipLocked } from "./queries/queue-without-skip-locked.js";
import { repeatedStatement } from "./queries/repeated-statement.js";
import { rowsReturned } from "./queries/rows-returned.js";
import { selectStar } from "./queries/select-star.js";
import { serviceCallInLoop } from "./queries/service-call-in-loop.js";
import { sqlInLoop } from "./queries/sql-in-loop.js";
import { statementCountIncrease } from "./queries/statement-count-increase.js";
import { statementCountSlope } from "./queries/statement-count-slope.js";
import { unboundedSelect } from "./queries/unbounded-select.js";
import { unionDedup } from "./queries/union-dedup.js";
import { writeWithoutWhere } from "./queries/write-without-where.js";
import { handleNotClosed } from "./resources/handle-not-closed.js";
import { httpNoTimeout } from "./resources/http-no-timeout.js";
import { responseBodyNotClosed } from "./resources/response-body-not-closed.js";
import { rowsNotClosed } from "./resources/rows-not-closed.js";
import { serverNoTimeout } from "./resources/server-no-timeout.js";
import { unboundedQueryResult } from "./resources/unbounded-query-result.js";
import { unboundedRead } from "./resources/unbounded-read.js";
import { criticalChangeWithoutBenchmark } from "./tests/critical-change-without-benchmark.js";
import { endpointChangeWithoutLoadTest } from "./tests/endpoint-change-without-load-test.js";
import { removedRouteInLoadTest } from "./tests/removed-route-in-load-test.js";
import { routeWithoutLoadTest } from "./tests/route-without-load-test.js";

/** Every rule of the house; one line each, in the order of their ids. */
export const rules: readonly Rule[] = [
  awaitInLoop,
  httpCallInLoop,
  linearSearchInLoop,
  repeatedCall,
  sortInLoop,
  benchmarkMissing,
  endpointOverBudget,
  regression,
  addColumnAutoIncrement,
  addColumnRequired,
  addColumnStored,
  addColumnVolatileDefault,
  addExclusion,
  addUniqueBlocking,
  alterTypeRewrite,
  backfillInMigration,
  checkValidate,
  concurrentlyInTransaction,
  dropColumn,
  dropTable,
  enumValueUsedInTransaction,
  fkDropLock,
  fkMultiple,
  fkTypeMismatch,
  fkUnindexed,
  fkValidate,
  indexColumnOrder,
  indexCreateBlocking,
  indexDropBlocking,
  indexDropInUse,
  indexHash,
  indexInvalidLeftover,
  indexRedundant,
  indexReplaceGap,
  indexTooWide,
  jsonNotJsonb,
  key32bit,
  lockObserved,
  lockTableExplicit,
  lockTimeoutMissing,
  matviewRefreshBlocking,
  migrationEdited,
  mysqlCopyAlter,
  mysqlEnumReorder,
  mysqlFkCopy,
  mysqlIndexNoDml,
  mysqlInlineReferences,
  mysqlNoFailFast,
  partitionAttachScan,
  partitionCreateLock,
  partitionDetachBlocking,
  reindexBlocking,
  renameColumn,
  renameTable,
  rlsPolicyPerRow,
  setNotNullScan,
  sqliteTableRebuild,
  tableRewrite,
  triggerPerRow,
  truncateTable,
  uniqueOnExistingData,
  cartesianJoin,
  correlatedSubquery,
  countUnbounded,
  cteFence,
  dbCallInLoop,
  dbWriteInLoop,
  distinctOverJoin,
  eachWithoutBatches,
  existsByCount,
  functionOnColumn,
  implicitCast,
  joinCount,
  joinUnindexed,
  largeInList,
  likeLeadingWildcard,
  likePrefixCollation,
  lockingJoin,
  notInSubquery,
  offsetPagination,
  orAcrossColumns,
  orderByRandom,
  orderByUnindexed,
  outerJoinNullTest,
  partitionNotPruned,
  planRegression,
  predicateUnindexed,
  queueWithoutSkipLocked,
  repeatedStatement,
  rowsReturned,
  selectStar,
  serviceCallInLoop,
  sqlInLoop,
  statementCountIncrease,
  statementCountSlope,
  unboundedSelect,
  unionDedup,
  writeWithoutWhere,
  handleNotClosed,
  httpNoTimeout,
  responseBodyNotClosed,
  rowsNotClosed,
  serverNoTimeout,
  unboundedQueryResult,
  unboundedRead,
  criticalChangeWithoutBenchmark,
  endpointChangeWithoutLoadTest,
  removedRouteInLoadTest,
  routeWithoutLoadTest,
];

/** Is there a rule of that id? */
export const isRule = (id: string): boolean => rules.some((rule) => rule.id === id);
