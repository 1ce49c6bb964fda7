/** What a statistics file says of itself in its first comment. */
export interface StatisticsHeader {
  /** YYYY-MM-DD in UTC; null where it is not said. */
  readonly date: string | null;
  /** The server's version, `15.18`; null where it is not said. */
  readonly server: string | null;
}

/** The first line of an export. `values` says whether values of columns are in the file. */
export function statisticsHeader(server: string, date: string, values: boolean): string {
  return `-- redline-statistics v1 server=${server} date=${date} values=${values ? "yes" : "no"}`;
}

const OURS = /^-- redline-statistics v\d{1,3} server=(\d{1,3}(?:\.\d{1,5})?)\S* date=(\d{4}-\d\d-\d\d) /m;
const PG_DUMP = /^-- Dumped from database version (\d{1,3}(?:\.\d{1,5})?)/m;

/** The header is looked for in the first lines only. */
const HEAD = 4_000;

/** The date and the server of a statistics file; pg_dump tells the server and no date. */
export function readStatisticsHeader(sql: string): StatisticsHeader {
  const head = sql.slice(0, HEAD);
  const [, server = null, date = null] = OURS.exec(head) ?? PG_DUMP.exec(head) ?? [];
  return { date, server };
}
