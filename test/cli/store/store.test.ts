import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, openTables } from "../../../src/store/open.js";
import { startPostgres, type TestServer } from "../../store/postgres.js";
import { redline } from "../run.js";

let folder: string;
let data: string;
let server: TestServer;
const key = { installation: 1, repository: 2, number: 3 };
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "redline-store-"));
  data = file("data");
  [server] = await Promise.all([
    startPostgres(),
    openStore({ dataDirectory: data }).then(async (store) => {
      await store.dirty.mark(key, "opened", new Date(Date.now() - 60_000));
      await store.heads.saveSnapshot(key, "a".repeat(40), "b".repeat(40), { text: "x".repeat(50_000) } as never, []);
      await store.close();
    }),
  ]);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Where the files of a table lie, of a store that is closed. */
async function fileOf(directory: string, table: string): Promise<string> {
  const { db } = await openTables({ dataDirectory: directory });
  const { rows } = await sql<{ path: string }>`select pg_relation_filepath(${table}::regclass) as path`.execute(db);
  await db.destroy();
  return join(directory, "postgres", rows[0]?.path ?? "");
}

describe("redline store", () => {
  it("moves an embedded store to a server and back, and says how either one is", async () => {
    expect(await redline(["store", "export", data, "--output", file("all.ndjson.gz")])).toEqual({
      ...{ code: 0, stdout: "" },
      stderr: `redline: wrote ${file("all.ndjson.gz")}; it holds source code of the reviewed changes, and no secrets\n`,
    });
    expect(statSync(file("all.ndjson.gz")).mode & 0o777).toBe(0o600);
    const env = { DATABASE_URL: await server.createDatabase() };
    expect(await redline(["store", "import", file("all.ndjson.gz")], { env })).toMatchObject({
      code: 0,
      stderr: "redline: imported 2 rows\n",
    });
    const checked = await redline(["store", "check"], { env });
    expect(checked).toMatchObject({ code: 0, stderr: "" });
    expect(checked.stdout).toMatch(/^schema: \d{4}\w+\ntables: \d+, .*: sound\nwork: the longest waiting pull request was due \d+ s ago\n/);
    expect(checked.stdout).toContain("given up: 0 pull requests, 0 deliveries; 0 deliveries are not done yet");

    const { stdout } = await redline(["store", "export", "--output", "-"], { env });
    writeFileSync(file("back.ndjson"), stdout);
    expect(await redline(["store", "import", file("back.ndjson"), file("back")])).toMatchObject({ code: 0 });
    const store = await openStore({ dataDirectory: file("back") });
    expect((await store.heads.snapshot(key, "a".repeat(40), "b".repeat(40)))?.snapshot).toEqual({ text: "x".repeat(50_000) });
    await store.close();
  });

  it("refuses what it cannot do in one sentence, and harms nothing", async () => {
    const fresh = await server.createDatabase();
    const said = async (...args: string[]) => {
      const { code, stderr } = await redline(["store", ...args]);
      expect(stderr.split("\n")).toHaveLength(2);
      return `${code} ${stderr.trim()}`;
    };
    expect(await said()).toContain("2 redline: write redline store export, import or check");
    expect(await said("export", file("nowhere"))).toContain(
      `2 redline: there is no store in ${file("nowhere")}; STORE is a data directory`,
    );
    expect(existsSync(file("nowhere"))).toBe(false);
    expect(await said("check", "mysql://x")).toContain("2 redline: this is no address of a PostgreSQL database");
    expect(await said("import")).toContain("2 redline: name the file of an export");
    expect(await said("import", file("none.ndjson"))).toContain("2 redline: there is no file ");
    writeFileSync(file("taken"), "mine");
    expect(await said("export", data, "--output", file("taken"))).toContain("exists already; name another file with --output");
    expect(readFileSync(file("taken"), "utf8")).toBe("mine");
    writeFileSync(file("broken.ndjson.gz"), "no gzip");
    expect(await said("import", file("broken.ndjson.gz"), fresh)).toMatch(/^2 redline: .*broken\.ndjson\.gz cannot be read: .*header/);
    writeFileSync(file("short.ndjson"), "{}\n");
    expect(await said("import", file("short.ndjson"), fresh)).toContain(
      `2 redline: ${file("short.ndjson")}:1: this is not the first line of redline store export; export it again`,
    );
    expect(await said("check", "postgres://me:secret@127.0.0.1:1/none")).toMatch(
      /^3 redline: The database server .* cannot be used: (?!.*secret)/,
    );
    expect(await said("check", await server.createDatabase())).toContain("3 redline: There are no tables of Redline in this database.");
    const held = await openStore({ dataDirectory: data });
    expect(await said("export", data)).toContain("3 redline: The data directory is in use");
    await held.close();
  });

  it("names a damaged table and what to do; the damage is neither hidden nor mended in silence (R12)", async () => {
    const path = await fileOf(data, "dirty");
    const page = openSync(path, "r+");
    writeSync(page, Buffer.alloc(512, 0x5a), 0, 512, 4096);
    closeSync(page);
    const { code, stdout, stderr } = await redline(["store", "check", data]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/damage: dirty cannot be read: invalid page in block 0 of relation/);
    expect(stderr).toContain("the store is damaged; stop Redline, keep a copy of the store as it is, and restore a backup");
    expect((await redline(["store", "export", data, "--output", file("damaged.ndjson")])).code).toBe(3);
    expect(readdirSync(folder).filter((name) => name.startsWith("damaged"))).toEqual([]);
  });

  it("opens a store whose last writes were torn off at any byte, without what they said and with all before (R12)", async () => {
    const wal = join(file("back"), "postgres", "pg_wal");
    const segment =
      readdirSync(wal)
        .filter((name) => /^[0-9A-F]{24}$/.test(name))
        .sort()
        .at(-1) ?? "";
    const written = readFileSync(join(wal, segment)).findLastIndex((byte) => byte !== 0);
    for (const offset of [written - 3, written - 77]) {
      truncateSync(join(wal, segment), offset);
      truncateSync(join(wal, segment), 16 * 1024 * 1024);
    }
    const { code, stdout, stderr } = await redline(["store", "check", file("back")]);
    // Either it is whole, or it is refused with the directory and what to do.
    expect(code === 0 ? stdout : stderr).toMatch(/sound|does not start: .*restore a backup/);
  });
});
