import { describe, expect, it } from "vitest";
import { bundlesFor } from "../../../src/sandbox/planner/extensions.js";

describe("the extensions to load", () => {
  it("are those that a text creates and PGlite carries, with what they stand on", () => {
    expect(bundlesFor(['CREATE EXTENSION IF NOT EXISTS "uuid-ossp";', "create  extension PG_TRGM with schema x"])).toEqual([
      "pg_trgm",
      "uuid-ossp",
    ]);
    expect(bundlesFor(["CREATE EXTENSION earthdistance CASCADE"])).toEqual(["cube", "earthdistance"]);
    expect(bundlesFor(["CREATE EXTENSION postgis", "CREATE EXTENSION file_fdw", "CREATE TABLE hstore (id int)"])).toEqual([]);
  });
});
