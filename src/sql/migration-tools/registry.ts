import { atlas } from "./atlas.js";
import { dbmate } from "./dbmate.js";
import { diesel } from "./diesel.js";
import { drizzle } from "./drizzle.js";
import { flyway } from "./flyway.js";
import { golangMigrate } from "./golang-migrate.js";
import { goose } from "./goose.js";
import { hasura } from "./hasura.js";
import { knex } from "./knex.js";
import { liquibase } from "./liquibase.js";
import { nodePgMigrate } from "./node-pg-migrate.js";
import { pop } from "./pop.js";
import { prisma } from "./prisma.js";
import { sequelize } from "./sequelize.js";
import { sqlMigrate } from "./sql-migrate.js";
import { sqlx } from "./sqlx.js";
import { supabase } from "./supabase.js";
import { synapse } from "./synapse.js";
import type { MigrationTool } from "./tool.js";
import { typeorm } from "./typeorm.js";

/** The first that recognises a folder has it: what a file says of itself before what its name says, and that before what lies above it. */
export const migrationTools: readonly MigrationTool[] = [
  liquibase,
  goose,
  sqlMigrate,
  dbmate,
  nodePgMigrate,
  drizzle,
  prisma,
  flyway,
  supabase,
  synapse,
  pop,
  atlas,
  hasura,
  diesel,
  sqlx,
  golangMigrate,
  knex,
  typeorm,
  sequelize,
];
