import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Opened, openTables } from "../../src/store/open.js";
import { type StartedDouble, startDouble } from "../github-double/client.mjs";
import { appId, secret } from "../github-double/stage.js";
import { startPostgres, type TestServer } from "../store/postgres.js";
import { prepare, resultsOf } from "./ground.js";
import { kindOf } from "./points.js";
import { type Program, startProgram } from "./program.js";
import { forward, give, listen, type Passing } from "./relay.js";
import { gate } from "./workshop.js";

/** Short, and yet renewed several times a second. */
const LEASE_MS = 3_000;
const HOUR_MS = 3_600_000;
const times = { leaseMs: LEASE_MS, staleMs: 500, firstWriteMs: 600_000 };

/** Where a process is frozen: while it reads what it will judge, or while the check of a head is on the way, which then never arrives. */
type Point = "gather" | "check create";

interface Trap {
  readonly point: Point;
  /** What the call is about says so. */
  readonly about: string;
}

/** One App process on its own way to GitHub, which sees whatever it sends. */
interface Replica {
  readonly program: Program;
  readonly writes: string[];
  readonly log: string[];
  close(): Promise<void>;
}

let github: StartedDouble;
let server: TestServer;
let replicas: readonly Replica[];
let tables: Opened;
/** Where the next process is frozen, which of them was, and what lets the call go on that it waits for. */
const trap = { set: null as Trap | null, caught: null as Replica | null, thawed: gate() };

const isCaught = (passing: Passing): boolean =>
  trap.set !== null && kindOf(passing) === trap.set.point && passing.body.includes(trap.set.about);

const isWrite = ({ method, path }: Passing): boolean => method !== "GET" && !/\/(?:graphql|access_tokens)$/.test(path);

async function freeze(replica: Replica): Promise<void> {
  replica.program.child.kill("SIGSTOP");
  trap.set = null;
  trap.caught = replica;
  await trap.thawed.opened;
}

async function openReplica(databaseUrl: string, clockMs: number): Promise<Replica> {
  const api = Number(new URL(github.api).port);
  const replica = { writes: [] as string[], log: [] as string[] } as Replica & { program: Program };
  const way = await listen(async (passing, response) => {
    const caught = isCaught(passing);
    if (caught && trap.set?.point === "check create") {
      await freeze(replica);
      response.destroy();
      return;
    }
    if (isWrite(passing)) replica.writes.push(`${passing.method} ${passing.path}`);
    const answer = await forward(api, passing);
    if (caught) await freeze(replica);
    give(response, answer);
  });
  replica.program = await startProgram({
    kind: "redline",
    apiUrl: `http://127.0.0.1:${way.port}/api/v3`,
    store: { DATABASE_URL: databaseUrl },
    nets: { active: null, all: null, deliveries: null },
    times,
    clockMs,
    logLevel: "info",
    complain: (line) => replica.log.push(line),
  });
  replica.close = async () => {
    replica.program.child.kill("SIGKILL");
    await replica.program.exited;
    way.close();
  };
  return replica;
}

/** Repositories on whose default branch the check has been announced. */
const announced = (): ReadonlySet<string> => {
  const done = /"repository":(\d+).*"result":"done".*"group":"installation:main"/;
  return new Set(replicas.flatMap(({ log }) => log.flatMap((line) => done.exec(line)?.[1] ?? [])));
};

const deliverTo = ({ program }: Replica) =>
  github.setWebhook({ app: appId, url: `http://127.0.0.1:${program.port}/api/github/webhooks`, secret });

beforeAll(async () => {
  [github, server] = await Promise.all([startDouble({ clock: "real" }), startPostgres()]);
  const databaseUrl = await server.createDatabase();
  tables = await openTables({ databaseUrl });
  replicas = [await openReplica(databaseUrl, HOUR_MS), await openReplica(databaseUrl, -HOUR_MS)];
  const options = { kind: "redline", graceMs: 0, repositories: 4 } as const;
  await prepare(github, options, replicas[0]?.program.port ?? 0);
});

afterAll(async () => {
  await Promise.all((replicas ?? []).map((replica) => replica.close()));
  await tables?.db.destroy();
  await github?.stop();
  await server?.stop();
});

/** A pull request whose worker is frozen at that point. Whatever GitHub tells from then on is told to the other process. */
async function frozenAt(point: Point, repository: string, expected: { readonly expect?: "open" } = {}) {
  // Nothing else is under way by then.
  await expect.poll(() => announced().size).toBe(4);
  const { sha } = await github.push({ repository, branch: "change", by: "dev", files: { "shop/part.conf": "a = 1\n" } });
  const [, name = ""] = repository.split("/");
  Object.assign(trap, { set: { point, about: point === "gather" ? name : sha }, caught: null, thawed: gate() });
  const { number } = await github.openPull({ repository, head: "change", user: "dev", wait: false, ...expected });
  await expect.poll(() => trap.caught).not.toBeNull();
  const since = Date.now();
  const victim = trap.caught as Replica;
  const heir = replicas.find((replica) => replica !== victim) as Replica;
  await deliverTo(heir);
  const thaw = async () => {
    await expect.poll(() => Date.now() - since).toBeGreaterThan(2 * LEASE_MS);
    victim.program.child.kill("SIGCONT");
    trap.thawed.open();
  };
  return { at: { repository, number }, victim, thaw };
}

/** Refused, or too late for an answer that it waited for when it was frozen. */
const badEndings = ({ log }: Replica): readonly string[] => log.filter((line) => line.includes("did not end well"));

const bodies = async (at: { repository: string; number: number }) => (await github.comments(at)).map(({ body }) => body ?? "");

it("two processes whose clocks are two hours apart review without delay, and keep the database's time (R13)", async () => {
  const at = { repository: "acme/shop-3", number: 1 };
  await github.push({ repository: at.repository, branch: "change", by: "dev", files: { "shop/part.conf": "a = 1\n" } });
  await github.openPull({ repository: at.repository, head: "change", user: "dev" });
  await expect.poll(async () => (await bodies(at)).length).toBe(1);
  // What they kept is by the database's clock.
  const { rows } = await sql<{ hours: number }>`
    select distinct round(extract(epoch from clock_timestamp() - at) / 3600)::int as hours
    from (select received_at as at from delivery union all select since from publication) as kept`.execute(tables.db);
  expect(rows).toEqual([{ hours: 0 }]);
});

it("a process that was frozen for two leases while it read writes nothing after the one that took over (R14)", async () => {
  const { at, victim, thaw } = await frozenAt("gather", "blue/shop-1");
  const { sha } = await github.push({ repository: at.repository, branch: "change", by: "dev", files: { "shop/part.conf": "a = 2\n" } });
  await expect.poll(async () => (await bodies(at)).join()).toContain(sha.slice(0, 7));
  const [before, ended] = [[...victim.writes], badEndings(victim)];
  await thaw();
  await expect.poll(() => badEndings(victim).length).toBeGreaterThan(ended.length);
  expect(victim.writes).toEqual(before);
  expect(await bodies(at)).toEqual([expect.stringContaining(sha.slice(0, 7))]);
  expect(await github.wrongMoments()).toEqual([]);
});

it("a process that was frozen with an opening write on its way leaves the closed gate of the one that took over (R14)", async () => {
  const { at, victim, thaw } = await frozenAt("check create", "acme/shop-0", { expect: "open" });
  await github.completeRun({ ...at, artifacts: resultsOf(400), wait: false, expect: "closed" });
  const conclusion = async () => (await github.checkRuns(at)).at(-1)?.conclusion;
  await expect.poll(conclusion).toBe("failure");
  await expect.poll(async () => (await bodies(at)).length).toBe(1);
  await thaw();
  await expect.poll(() => badEndings(victim).join()).toContain('"kind":"lost","sent":true');
  // Whatever the lost write came to, the pull request is looked at once more.
  await expect.poll(conclusion).toBe("failure");
  expect(await bodies(at)).toHaveLength(1);
  expect(await github.wrongMoments()).toEqual([]);
});
