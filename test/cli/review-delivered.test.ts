import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewJson } from "../../src/report/json-schema.js";
import { createRepository, type TestRepository } from "../checkout/repository.js";
import { redline } from "./run.js";

const DUMP = `--
-- PostgreSQL database dump
--
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.orders (id bigint NOT NULL, customer_id bigint, note text);
ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
`;
const MIGRATION = `BEGIN;
-- redline-source: shop/migrations/0042_note.py:7
ALTER TABLE "orders" ALTER COLUMN "note" TYPE integer USING "note"::integer;
COMMIT;
`;

let repository: TestRepository;
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "redline-cli-"));
  for (const side of ["base", "head"]) {
    mkdirSync(join(scratch, side));
    writeFileSync(join(scratch, side, "redline-schema.sql"), DUMP);
  }
  writeFileSync(join(scratch, "head/redline-migration.sql"), MIGRATION);
  repository = createRepository();
  repository.commit({ "shop/migrations/0001_initial.py": "operations = []\n" });
  repository.git("checkout", "-q", "-b", "note");
  const query = 'cursor.execute("SELECT id FROM orders WHERE customer_id = %s", [customer])\n';
  repository.commit({ "shop/migrations/0042_note.py": "operations = []\n", "shop/orders.py": query });
});
afterAll(() => {
  repository.remove();
  rmSync(scratch, { recursive: true });
});

async function reviewed(...args: readonly string[]) {
  const command = ["review", "--repo", repository.path, "--base", "main", "--head", "note", "--format", "json"];
  const { stdout } = await redline([...command, ...args]);
  return reviewJson.parse(JSON.parse(stdout));
}

describe("redline review with SQL among its results", () => {
  it("judges the migration as it ran on the base's dump, at the place that it names, and plans queries by the dump", async () => {
    const given = ["--results", join(scratch, "head/*"), "--baseline-results", join(scratch, "base/*")];
    const json = await reviewed(...given);
    const found = json.findings.find(({ rule }) => rule === "migrations/alter-type-rewrite");
    expect(found).toMatchObject({ path: "shop/migrations/0042_note.py", line: 7 });
    expect(found?.message).toMatch(/ACCESS EXCLUSIVE.*observed|observed.*ACCESS EXCLUSIVE/s);
    expect(found?.message).toContain("redline-migration.sql, which this head's workflow handed in");
    expect(json.plans.map(({ path, state }) => [path, state])).toEqual([["shop/orders.py", "planned"]]);
    expect(json.problems).toEqual([]);
  });

  it("knows neither without them", async () => {
    const json = await reviewed();
    expect(json.findings.filter(({ rule }) => rule.startsWith("migrations/"))).toEqual([]);
    expect(json.plans).toEqual([]);
  });
});
