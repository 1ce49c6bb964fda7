import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { text } from "../../model/text.js";
import type { Table } from "../catalogue.js";
import { reasonOf } from "../store-error.js";
import type { Tables } from "../tables.js";
import { endLine } from "./format.js";
import type { LineReader } from "./lines.js";

const BATCH_ROWS = 500;
const BATCH_CHARACTERS = 1_000_000;

const cells = z.array(z.string().nullable());

/** Inserts rows that are JSON arrays of texts; PostgreSQL makes of a text what its column is. */
async function insert(db: Kysely<Tables>, { name, columns }: Table, lines: readonly string[]): Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column.name)));
  const values = sql.join(columns.map((column, index) => sql`(cell->>${sql.lit(index)})::${sql.raw(column.type)}`));
  await sql`
    insert into ${sql.table(name)} (${names}) overriding system value
    select ${values} from json_array_elements(${`[${lines.join(",")}]`}::json) as row(cell)`.execute(db);
}

/** Reads one table's rows and its end; holds a batch of them. */
export class RowsReader {
  readonly #db: Kysely<Tables>;
  readonly #reader: LineReader;
  readonly #table: Table;
  readonly #hash = createHash("sha256");
  #batch: string[] = [];
  #characters = 0;
  /** The line of the batch's first row. */
  #first = 0;
  #rows = 0;

  constructor(db: Kysely<Tables>, reader: LineReader, table: Table) {
    this.#db = db;
    this.#reader = reader;
    this.#table = table;
  }

  /** @returns how many */
  async all(): Promise<number> {
    for (;;) {
      const line = await this.#reader.next();
      if (line === null) throw this.#reader.wrong(text`the file is cut off within the table ${this.#table.name}`, this.#reader.number + 1);
      if (!line.startsWith("[")) return this.#end(line);
      await this.#add(line);
    }
  }

  async #add(line: string): Promise<void> {
    const parsed = cells.safeParse(this.#reader.parse(line));
    const { columns, name } = this.#table;
    if (parsed.data?.length !== columns.length) throw this.#reader.wrong(text`a row of ${name} is ${columns.length} texts`);
    this.#hash.update(line).update("\n");
    if (this.#batch.length === 0) this.#first = this.#reader.number;
    this.#batch.push(line);
    this.#characters += line.length;
    this.#rows += 1;
    if (this.#batch.length >= BATCH_ROWS || this.#characters >= BATCH_CHARACTERS) await this.#flush();
  }

  async #end(line: string): Promise<number> {
    const end = endLine.safeParse(this.#reader.parse(line));
    if (end.data?.end !== this.#table.name) throw this.#reader.wrong(text`the end of the table ${this.#table.name} is missing`);
    await this.#flush();
    if (end.data.rows !== this.#rows)
      throw this.#reader.wrong(text`${this.#table.name} had ${end.data.rows} rows, and ${this.#rows} are left`);
    if (end.data.sha256 !== this.#hash.digest("hex"))
      throw this.#reader.wrong(text`the rows of ${this.#table.name} before this line were changed after the export`);
    return this.#rows;
  }

  async #flush(): Promise<void> {
    const lines = this.#batch;
    [this.#batch, this.#characters] = [[], 0];
    if (lines.length === 0) return;
    await sql`savepoint rows`.execute(this.#db);
    await insert(this.#db, this.#table, lines).catch(() => this.#oneByOne(lines));
    await sql`release savepoint rows`.execute(this.#db);
  }

  /** To name the line that PostgreSQL refuses. */
  async #oneByOne(lines: readonly string[]): Promise<void> {
    await sql`rollback to savepoint rows`.execute(this.#db);
    for (const [index, line] of lines.entries()) {
      await insert(this.#db, this.#table, [line]).catch((error: unknown) => {
        throw this.#reader.wrong(text`${this.#table.name} does not take this row: ${reasonOf(error)}`, this.#first + index);
      });
    }
  }
}
