import { describe, expect, it } from "vitest";
import { migrationTools } from "../../../src/sql/migration-tools/registry.js";
import { chosen, type Files, run } from "./repository.js";

const INDEX = "CREATE INDEX CONCURRENTLY a_x ON a (x);\n";
const TABLE = "CREATE TABLE a (id bigint PRIMARY KEY, x int);\n";

interface Example {
  readonly root: string;
  /** In the order in which the tool applies them. */
  readonly order: readonly string[];
  readonly files: Files;
  /** Files of the folder, and how the tool runs each. */
  readonly runs: Readonly<Record<string, RegExp>>;
}

const examples: Readonly<Record<string, Example>> = {
  prisma: {
    root: "packages/db/prisma/migrations",
    order: ["20230101000000_init/migration.sql", "20230102000000_index/migration.sql"],
    files: {
      "packages/db/prisma/migrations/20230102000000_index/migration.sql": `-- CreateIndex\n${INDEX}`,
      "packages/db/prisma/migrations/20230101000000_init/migration.sql": TABLE + INDEX,
      "packages/db/prisma/migrations/migration_lock.toml": 'provider = "postgresql"\n',
    },
    runs: {
      "20230101000000_init/migration.sql": /^prisma implicit: Put the statement alone into a migration.sql/,
      "20230102000000_index/migration.sql": /^prisma statement/,
    },
  },
  drizzle: {
    root: "drizzle",
    order: ["0001_b.sql", "0000_a.sql"],
    files: {
      "drizzle/0000_a.sql": INDEX,
      "drizzle/0001_b.sql": `${TABLE}--> statement-breakpoint\n${TABLE}`,
      "drizzle/0002_left.sql": TABLE,
      "drizzle/meta/_journal.json":
        '{"version":"7","dialect":"postgresql","entries":[{"idx":1,"tag":"0000_a","when":2},{"idx":0,"tag":"0001_b","when":1}]}',
    },
    runs: { "0000_a.sql": /^drizzle file: .*psql/ },
  },
  goose: {
    root: "internal/migrations",
    order: ["9_tables.sql", "00010_index.sql"],
    files: {
      "internal/migrations/00010_index.sql": `-- +goose NO TRANSACTION\n-- +goose Up\n${INDEX}${INDEX}-- +goose Down\nDROP INDEX a_x;\n`,
      "internal/migrations/9_tables.sql": `-- +goose Up\n-- +goose StatementBegin\n${TABLE}-- +goose StatementEnd\n`,
    },
    runs: { "9_tables.sql": /^goose file: .*NO TRANSACTION/, "00010_index.sql": /^goose statement/ },
  },
  "sql-migrate": {
    root: "migrations",
    order: ["1-a.sql", "2-b.sql"],
    files: {
      "migrations/2-b.sql": `-- +migrate Up notransaction\n${INDEX}\n-- +migrate Down\nDROP INDEX a_x;`,
      "migrations/1-a.sql": `-- +migrate Up\n${TABLE}`,
    },
    runs: { "1-a.sql": /^sql-migrate file/, "2-b.sql": /^sql-migrate statement/ },
  },
  dbmate: {
    root: "db/migrations",
    order: ["20230101_a.sql", "20230102_b.sql", "20230103_c.sql"],
    files: {
      "db/migrations/20230102_b.sql": `-- migrate:up transaction:false\n${INDEX}\n-- migrate:down transaction:false\nDROP INDEX a_x;\n`,
      "db/migrations/20230103_c.sql": `-- migrate:up transaction:false\n${INDEX}${INDEX}\n-- migrate:down\n`,
      "db/migrations/20230101_a.sql": `-- migrate:up\n${TABLE}\n-- migrate:down\nDROP TABLE a;\n`,
    },
    runs: { "20230101_a.sql": /^dbmate file/, "20230102_b.sql": /^dbmate statement/, "20230103_c.sql": /^dbmate implicit/ },
  },
  "node-pg-migrate": {
    root: "migrations",
    order: ["1700000000000_a.sql", "1700000000001_b.sql"],
    files: {
      "migrations/1700000000001_b.sql": `-- Up Migration\n${INDEX}-- Down Migration\nDROP INDEX a_x;\n`,
      "migrations/1700000000000_a.sql": `-- Up Migration\n${TABLE}`,
    },
    runs: { "1700000000000_a.sql": /^node-pg-migrate file: .*noTransaction/ },
  },
  flyway: {
    root: "src/main/resources/db/migration",
    order: ["V1.2__b.sql", "v2/V1_10__c.sql", "V2__d.sql", "R__view.sql"],
    files: {
      "src/main/resources/db/migration/R__view.sql": "CREATE OR REPLACE VIEW v AS SELECT 1;",
      "src/main/resources/db/migration/V2__d.sql": TABLE + INDEX,
      "src/main/resources/db/migration/V2__d.sql.conf": "executeInTransaction=false\n",
      "src/main/resources/db/migration/v2/V1_10__c.sql": INDEX,
      "src/main/resources/db/migration/V1.2__b.sql": TABLE,
      "src/main/resources/db/migration/U2__d.sql": "DROP TABLE a;",
    },
    runs: {
      "V1.2__b.sql": /^flyway file: .*executeInTransaction/,
      "V2__d.sql": /^flyway statement/,
      "v2/V1_10__c.sql": /^flyway statement/,
    },
  },
  liquibase: {
    root: "db/migrations",
    order: ["001-a.sql", "002-b.sql"],
    files: {
      "db/migrations/002-b.sql": `--liquibase formatted sql\n--changeset me:2 runInTransaction:false\n${INDEX}--rollback DROP INDEX a_x;\n`,
      "db/migrations/001-a.sql": `-- liquibase formatted sql\n--changeset me:1\n${TABLE}--rollback DROP TABLE a;\n`,
    },
    runs: { "001-a.sql": /^liquibase file: .*runInTransaction:false/, "002-b.sql": /^liquibase statement/ },
  },
  supabase: {
    root: "supabase/migrations",
    order: ["20230101000000_a.sql", "20230102000000_b.sql"],
    files: { "supabase/migrations/20230102000000_b.sql": INDEX, "supabase/migrations/20230101000000_a.sql": TABLE },
    runs: { "20230102000000_b.sql": /^supabase file: .*supabase migration repair/ },
  },
  synapse: {
    root: "synapse/storage/schema",
    order: ["main/delta/72/01_a.sql", "state/delta/72/02_b.sql.postgres", "main/delta/100/01_c.sql"],
    files: {
      "synapse/storage/schema/main/delta/100/01_c.sql": INDEX,
      "synapse/storage/schema/state/delta/72/02_b.sql.postgres": INDEX,
      "synapse/storage/schema/state/delta/72/02_b.sql.sqlite": INDEX,
      "synapse/storage/schema/main/delta/72/01_a.sql": TABLE,
    },
    runs: { "main/delta/72/01_a.sql": /^synapse file: .*background update/ },
  },
  pop: {
    root: "persistence/migrations",
    order: ["20200101000000_a.up.sql", "20200102000000_b.postgres.autocommit.up.sql", "20200103000000_c.autocommit.up.sql"],
    files: {
      "persistence/migrations/20200103000000_c.autocommit.up.sql": INDEX + INDEX,
      "persistence/migrations/20200102000000_b.up.sql": "",
      "persistence/migrations/20200102000000_b.mysql.up.sql": "CREATE INDEX a_x ON a (x)",
      "persistence/migrations/20200102000000_b.postgres.autocommit.up.sql": INDEX,
      "persistence/migrations/20200102000000_b.postgres.down.sql": "DROP INDEX a_x",
      "persistence/migrations/20200101000000_a.up.sql": TABLE,
    },
    runs: {
      "20200101000000_a.up.sql": /^pop file: .*autocommit/,
      "20200102000000_b.postgres.autocommit.up.sql": /^pop statement/,
      "20200103000000_c.autocommit.up.sql": /^pop implicit/,
    },
  },
  atlas: {
    root: "migrations",
    order: ["20230101_a.sql", "20230102_b.sql"],
    files: {
      "migrations/atlas.sum": "h1:x\n",
      "migrations/20230102_b.sql": `-- atlas:txmode none\n\n${INDEX}`,
      "migrations/20230101_a.sql": TABLE,
    },
    runs: { "20230101_a.sql": /^atlas file: .*txmode none/, "20230102_b.sql": /^atlas statement/ },
  },
  hasura: {
    root: "hasura/migrations/default",
    order: ["1600000000000_a/up.sql", "1600000000001_b/up.sql"],
    files: {
      "hasura/migrations/default/1600000000001_b/up.sql": INDEX,
      "hasura/migrations/default/1600000000001_b/down.sql": "DROP INDEX a_x;",
      "hasura/migrations/default/1600000000000_a/up.sql": TABLE,
    },
    runs: { "1600000000000_a/up.sql": /^hasura file: .*--skip-execution/ },
  },
  diesel: {
    root: "migrations",
    order: [
      "00000000000000_diesel_initial_setup/up.sql",
      "2020-01-02-000000_a/up.sql",
      "20200103000000_b/up.sql",
      "2020-01-04-000000_c/up.sql",
    ],
    files: {
      "migrations/2020-01-04-000000_c/up.sql": INDEX,
      "migrations/2020-01-04-000000_c/metadata.toml": "run_in_transaction = false\n",
      "migrations/20200103000000_b/up.sql": INDEX,
      "migrations/2020-01-02-000000_a/up.sql": TABLE,
      "migrations/2020-01-02-000000_a/down.sql": "DROP TABLE a;",
      "migrations/data_to_load.sql": "COPY a FROM STDIN;",
      "migrations/00000000000000_diesel_initial_setup/up.sql": "SELECT 1;",
      "Cargo.toml": '[dependencies]\ndiesel = "2"\n',
    },
    runs: { "20200103000000_b/up.sql": /^diesel file: .*run_in_transaction = false/, "2020-01-04-000000_c/up.sql": /^diesel statement/ },
  },
  sqlx: {
    root: "server/migrations",
    order: ["1_a.sql", "2_b.sql", "10_c.sql"],
    files: {
      "server/migrations/10_c.sql": INDEX,
      "server/migrations/2_b.sql": `-- no-transaction\n${INDEX}`,
      "server/migrations/1_a.sql": TABLE,
      "server/Cargo.toml": '[dependencies]\nsqlx = { version = "0.8" }\n',
    },
    runs: { "10_c.sql": /^sqlx file: .*-- no-transaction/, "2_b.sql": /^sqlx statement/ },
  },
  "golang-migrate": {
    root: "db/migrations",
    order: ["000001_a.up.sql", "000002_b.up.sql"],
    files: {
      "db/migrations/000002_b.up.sql": INDEX,
      "db/migrations/000002_b.down.sql": "DROP INDEX a_x;",
      "db/migrations/000001_a.up.sql": TABLE + INDEX,
    },
    runs: { "000001_a.up.sql": /^golang-migrate implicit/, "000002_b.up.sql": /^golang-migrate statement/ },
  },
  knex: {
    root: "migrations",
    order: ["20230101_a.sql"],
    files: { "migrations/20230101_a.sql": TABLE, "migrations/20230101_a.js": "", "knexfile.js": 'module.exports = { client: "pg" };' },
    runs: { "20230101_a.sql": /^knex file: .*transaction: false/ },
  },
  typeorm: {
    root: "src/migrations",
    order: ["1690000000000-a.sql"],
    files: { "src/migrations/1690000000000-a.sql": TABLE, "src/data-source.ts": 'new DataSource({ type: "postgres" })' },
    runs: { "1690000000000-a.sql": /^typeorm file: .*transaction = false/ },
  },
  sequelize: {
    root: "migrations",
    order: ["20230101-a.sql"],
    files: { "migrations/20230101-a.sql": TABLE, ".sequelizerc": "" },
    runs: { "20230101-a.sql": /^sequelize statement/ },
  },
};

describe("the migration tools", () => {
  it("all have an example here", () => {
    expect(migrationTools.map(({ id }) => id).sort()).toEqual(Object.keys(examples).sort());
  });

  it.each(Object.entries(examples))("know %s by its folder, and its order", (tool, { root, order, files }) => {
    expect(chosen(files)).toMatchObject({ root, tool, files: order });
  });

  it.each(Object.entries(examples))("say what %s runs in one transaction, and how to do without", (_, { root, files, runs }) => {
    for (const [path, expected] of Object.entries(runs)) expect(run(files, `${root}/${path}`)).toMatch(expected);
  });
});
