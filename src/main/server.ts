import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import type { Logger } from "pino";
import type { Probot } from "probot";
import createApp from "../app.js";
import { identify } from "../events/dirty-key.js";
import { Dispatcher } from "../events/dispatch.js";
import { knownEvents } from "../events/handlers.js";
import type { GitHub } from "../github/call.js";
import { refreshing } from "../github/refreshing.js";
import { openArchive } from "../sandbox/archive.js";
import { createPlanner, type PlannerOptions } from "../sandbox/planner.js";
import { createSourceReader } from "../sandbox/source.js";
import { createSqlParser } from "../sandbox/sql.js";
import { openStore } from "../store/open.js";
import type { Delivery, Store } from "../store/store.js";
import { createFrontDoor } from "../web/front-door.js";
import { createMetricsServer, type ReadMetrics } from "../web/metrics-page.js";
import { GIVEN_UP } from "../worker/dead-letter.js";
import { TIMES, type Times } from "../worker/dependencies.js";
import { LEASE_MS } from "../worker/lease.js";
import { MEMORY_CHARACTERS, PlannerMemory } from "../worker/planner-memory.js";
import { PlannerTurns, SESSION_MS, WAIT_MS } from "../worker/planner-turns.js";
import { TREE_CHARACTERS, TreeCache } from "../worker/tree-cache.js";
import { startWorker, type Worker } from "../worker/worker.js";
import { type Clock, startClock } from "./clock.js";
import { createMetrics, type Metrics } from "./metrics.js";
import { type Nets, startNets } from "./nets.js";
import { createProbot, receive } from "./probot.js";
import { isReady } from "./ready.js";
import { type Schedules, startSchedules } from "./schedules.js";
import type { Settings } from "./settings.js";
import { upkeepJobs } from "./upkeep.js";

/** A server that takes deliveries. */
export interface Running {
  readonly port: number;
  /** Where the metrics are shown on the loopback interface; null where they are not. */
  readonly metricsPort: number | null;
  /** Resolves when what was delivered so far is dispatched and nothing is due. */
  idle(): Promise<void>;
  /** Readiness off, no new work, what is under way ends or is left to the next start within `ms`. */
  stop(ms: number): Promise<void>;
}

/** What the App finds there when it starts; a test puts its own in place. */
export interface Surroundings {
  /** Null: the database's. */
  readonly now: (() => Date) | null;
  readonly open: (settings: Settings) => Promise<Store>;
  readonly patience?: PlannerOptions["patience"];
}

const REAL: Surroundings = { now: null, open: openStore };

/** How often the inbox is looked through, in milliseconds; several times within a lease. */
const SWEEP_MS = 2_000;

/** The gate of the pull request that a lost delivery was about closes. Others concern none, or one that the nets find. */
const closeGate = async (store: Store, now: Date, { installation, repository, pull }: Delivery): Promise<void> => {
  if (installation === null || repository === null || pull === null) return;
  await store.dirty.mark({ installation, repository, number: pull }, GIVEN_UP, now);
};

const createDispatcher = ({ store, now }: { store: Store; now: () => Date }, probot: Probot, owner: string, log: Logger): Dispatcher =>
  new Dispatcher({
    inbox: store.inbox,
    lease: { owner, leaseMs: LEASE_MS },
    onDead: (delivery) => closeGate(store, now(), delivery),
    receive: (event) => receive(probot, event),
    later: (ms, work) => setTimeout(work, ms).unref(),
    now: () => now().getTime(),
    random: Math.random,
    log,
  });

async function listen(server: Server, { host, port }: Pick<Settings, "host" | "port">): Promise<number> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Everything behind the door. */
interface Inside {
  readonly store: Store;
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  readonly worker: Worker;
  readonly parseSql: ReturnType<typeof createSqlParser>;
  readonly readSources: ReturnType<typeof createSourceReader>;
  readonly planner: PlannerTurns;
  readonly schedules: Schedules;
  /** Null where none looks. */
  readonly nets: Nets | null;
  readonly instance: string;
  /** Ends looking for what other processes left, and listening to them. */
  stopLooking(): Promise<void>;
  readonly metrics: Metrics;
}

function startPlanner({ cacheDirectory, planners }: Settings, log: Logger, { patience }: Surroundings): PlannerTurns {
  const planner = createPlanner({
    ...(cacheDirectory !== undefined && { cacheDir: cacheDirectory }),
    ...(patience && { patience }),
    onStopped: (why) => log.warn({ why }, "a planner process was stopped"),
  });
  return new PlannerTurns(planner, { atOnce: planners, waitMs: WAIT_MS, sessionMs: SESSION_MS, log });
}

interface Watching extends Pick<Inside, "store" | "worker"> {
  /** The App's own client, and those of its installations. */
  app(): Promise<GitHub>;
  github(installation: number): Promise<GitHub>;
  now(): Date;
}

function watch({ nets, appId }: Settings, { store, worker, app, github, now }: Watching, log: Logger): Nets | null {
  if (nets === undefined) return null;
  const wake = (): void => worker.wake();
  return startNets(nets, { store, appId, app, github, wake, random: Math.random, now, log });
}

/** Looks for what other processes left, and listens to them; resolves with what ends that. */
async function startLooking(store: Store, dispatcher: Dispatcher, worker: Worker): Promise<() => Promise<void>> {
  const sweeps = setInterval(() => void dispatcher.sweep(), SWEEP_MS).unref();
  const deaf = await store.listen(() => worker.wake());
  return async () => {
    clearInterval(sweeps);
    await deaf();
  };
}

async function startInside(settings: Settings, log: Logger, times: Partial<Times>, around: Surroundings): Promise<Inside> {
  const store = await around.open(settings);
  const clock = await startClock(store.clock, around.now, log);
  const { now } = clock;
  const metrics = createMetrics(() => store.nets.figures(now()));
  const probot = createProbot(settings, log, metrics);
  const [parseSql, readSources] = [createSqlParser(), createSourceReader()];
  const planner = startPlanner(settings, log, around);
  const { appId, apiUrl, docsUrl, resultCap } = settings;
  const github = async (installation: number) => refreshing(await probot.auth(installation), installation);
  const instance = randomUUID();
  const worker = startWorker({
    store,
    github,
    appId,
    apiUrl,
    docsUrl,
    parseSql,
    readSources,
    readFacts: readSources.facts,
    planner: settings.planners > 0 ? new PlannerMemory(planner, MEMORY_CHARACTERS) : null,
    trees: new TreeCache(TREE_CHARACTERS),
    openArchive,
    resultCap,
    instance,
    ...TIMES,
    ...times,
    now,
    random: Math.random,
    log,
    meter: metrics,
  });
  const nets = watch(settings, { store, worker, github, now, app: () => probot.auth() }, log);
  const returned = (installation: number): void => nets?.lookAt(installation);
  await probot.load(createApp({ store, appId, now, wake: () => worker.wake(), returned, log }));
  const dispatcher = createDispatcher({ store, now }, probot, instance, log);
  await dispatcher.replay();
  const stopLooking = await startLooking(store, dispatcher, worker);
  const schedules = startSchedules(upkeepJobs(store, settings, log), log, now);
  return { store, clock, instance, dispatcher, worker, parseSql, readSources, planner, schedules, nets, stopLooking, metrics };
}

/** The metrics' own port, on the loopback interface whatever HOST says. */
async function openMetrics({ metrics }: Settings, read: ReadMetrics): Promise<{ readonly port: number; readonly server: Server } | null> {
  if (metrics?.port === undefined) return null;
  const server = createMetricsServer(read);
  return { server, port: await listen(server, { host: "127.0.0.1", port: metrics.port }) };
}

async function stopAll(server: Server, inside: Inside, ms: number): Promise<void> {
  const { store, dispatcher, worker, parseSql, readSources, planner, schedules, nets } = inside;
  schedules.stop();
  inside.clock.stop();
  await inside.stopLooking();
  const ended = Promise.all([once(server, "close"), dispatcher.drain(), worker.drain(ms), nets?.stop()]);
  // From now on a connection ends with its answer instead of waiting for a next request.
  server.keepAliveTimeout = 1;
  server.close();
  // What ends after its time finds the store closed; the inbox has what it did not finish.
  ended.catch(() => undefined);
  await Promise.race([ended, setTimeoutPromise(ms, undefined, { ref: false })]);
  server.closeAllConnections();
  parseSql.close();
  readSources.close();
  planner.close();
  await store.close();
}

/** Opens the store, takes up what an earlier process left, and listens. @throws StoreError, or Node's error of listening */
export async function startServer(
  settings: Settings,
  log: Logger,
  times: Partial<Times> = {},
  surroundings: Partial<Surroundings> = {},
): Promise<Running> {
  const inside = await startInside(settings, log, times, { ...REAL, ...surroundings });
  const { now } = inside.clock;
  const lease = { owner: inside.instance, leaseMs: LEASE_MS };
  let draining = false;
  const server = createFrontDoor({
    path: settings.webhookPath,
    secrets: settings.secrets,
    events: knownEvents,
    identify,
    inbox: { receive: (delivery, dirty) => inside.store.inbox.receive(delivery, dirty, lease) },
    onDelivery: (delivery, payload) => {
      log.info({ delivery: delivery.guid, event: delivery.event, action: delivery.action }, "delivery accepted");
      inside.dispatcher.take(delivery, payload);
    },
    ready: async () => !draining && (await isReady(inside.store, now())),
    onAnswer: inside.metrics.answered,
    ...(settings.metrics?.token !== undefined && { metrics: { token: settings.metrics.token, read: inside.metrics.page } }),
    now,
    log,
  });
  const port = await listen(server, settings);
  const page = await openMetrics(settings, inside.metrics.page);
  const stop = async (ms: number): Promise<void> => {
    draining = true;
    await stopAll(server, inside, ms);
    page?.server.close();
    page?.server.closeAllConnections();
  };
  const idle = async (): Promise<void> => {
    await inside.dispatcher.idle();
    await inside.worker.idle();
  };
  return { port, metricsPort: page?.port ?? null, idle, stop };
}
