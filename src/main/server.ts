import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import type { Logger } from "pino";
import { Probot } from "probot";
import createApp from "../app.js";
import { identify } from "../events/dirty-key.js";
import { Dispatcher } from "../events/dispatch.js";
import { knownEvents } from "../events/handlers.js";
import { createAppOctokit, createFetch } from "../github/client.js";
import { openArchive } from "../sandbox/archive.js";
import { createPlanner } from "../sandbox/planner.js";
import { createSourceReader } from "../sandbox/source.js";
import { createSqlParser } from "../sandbox/sql.js";
import { openStore } from "../store/open.js";
import type { Store } from "../store/store.js";
import { createFrontDoor } from "../web/front-door.js";
import { FRESH_MS, STALE_MS } from "../worker/dependencies.js";
import { MEMORY_CHARACTERS, PlannerMemory } from "../worker/planner-memory.js";
import { PlannerTurns, SESSION_MS, WAIT_MS } from "../worker/planner-turns.js";
import { TREE_CHARACTERS, TreeCache } from "../worker/tree-cache.js";
import { startWorker, type Worker } from "../worker/worker.js";
import { type Nets, startNets } from "./nets.js";
import { type Schedules, startSchedules } from "./schedules.js";
import type { Settings } from "./settings.js";
import { upkeepJobs } from "./upkeep.js";

/** A server that takes deliveries. */
export interface Running {
  readonly port: number;
  /** Resolves when what was delivered so far is dispatched and nothing is due. */
  idle(): Promise<void>;
  /** Readiness off, no new work, what is under way ends or is left to the next start within `ms`. */
  stop(ms: number): Promise<void>;
}

const now = (): Date => new Date();

function createProbot({ appId, privateKey, apiUrl, paced, secrets }: Settings, log: Logger): Probot {
  return new Probot({
    appId,
    privateKey,
    log,
    baseUrl: apiUrl,
    // Probot never verifies anything here; without a secret it would fall back to a public one.
    secret: secrets[0],
    Octokit: createAppOctokit({ throttled: paced }),
    request: { fetch: createFetch() },
  });
}

type WebhookEvent = Parameters<Probot["receive"]>[0];

interface Event {
  readonly id: string;
  readonly name: string;
  readonly payload: object;
}

/** The front door lets no other name in; what a payload holds, its handler looks at. */
const isWebhookEvent = (event: Event): event is Event & WebhookEvent => knownEvents.has(event.name);

const createDispatcher = (store: Store, probot: Probot, log: Logger): Dispatcher =>
  new Dispatcher({
    inbox: store.inbox,
    receive: async (event) => {
      if (isWebhookEvent(event)) await probot.receive(event);
    },
    later: (ms, work) => setTimeout(work, ms).unref(),
    random: Math.random,
    log,
  });

const isAlive = (store: Store): Promise<boolean> =>
  store.dirty.next().then(
    () => true,
    () => false,
  );

async function listen(server: Server, { host, port }: Settings): Promise<number> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Everything behind the door. */
interface Inside {
  readonly store: Store;
  readonly dispatcher: Dispatcher;
  readonly worker: Worker;
  readonly parseSql: ReturnType<typeof createSqlParser>;
  readonly readSources: ReturnType<typeof createSourceReader>;
  readonly planner: PlannerTurns;
  readonly schedules: Schedules;
  /** Null where none looks. */
  readonly nets: Nets | null;
}

function startPlanner({ cacheDirectory, planners }: Settings, log: Logger): PlannerTurns {
  const planner = createPlanner({
    ...(cacheDirectory !== undefined && { cacheDir: cacheDirectory }),
    onStopped: (why) => log.warn({ why }, "a planner process was stopped"),
  });
  return new PlannerTurns(planner, { atOnce: planners, waitMs: WAIT_MS, sessionMs: SESSION_MS, log });
}

interface Watching extends Pick<Inside, "store" | "worker"> {
  /** The App's own client, and those of its installations. */
  github(installation?: number): ReturnType<Probot["auth"]>;
}

function watch({ nets }: Settings, { store, worker, github }: Watching, log: Logger): Nets | null {
  if (nets === undefined) return null;
  const wake = (): void => worker.wake();
  return startNets(nets, { store, app: () => github(), github, wake, random: Math.random, now, log });
}

async function startInside(settings: Settings, log: Logger): Promise<Inside> {
  const store = await openStore(settings);
  const probot = createProbot(settings, log);
  const [parseSql, readSources] = [createSqlParser(), createSourceReader()];
  const planner = startPlanner(settings, log);
  const { appId, apiUrl, docsUrl, resultCap } = settings;
  const github = (installation?: number) => probot.auth(installation);
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
    instance: randomUUID(),
    staleMs: STALE_MS,
    freshMs: FRESH_MS,
    now,
    log,
  });
  const nets = watch(settings, { store, worker, github }, log);
  const returned = (installation: number): void => nets?.lookAt(installation);
  await probot.load(createApp({ store, appId, now, wake: () => worker.wake(), returned, log }));
  const dispatcher = createDispatcher(store, probot, log);
  await dispatcher.replay();
  const schedules = startSchedules(upkeepJobs(store, settings, log), log);
  return { store, dispatcher, worker, parseSql, readSources, planner, schedules, nets };
}

async function stopAll(server: Server, inside: Inside, ms: number): Promise<void> {
  const { store, dispatcher, worker, parseSql, readSources, planner, schedules, nets } = inside;
  schedules.stop();
  const ended = Promise.all([once(server, "close"), dispatcher.drain(), worker.drain(ms), nets?.stop()]);
  // From now on a connection ends with its answer instead of waiting for a next request.
  server.keepAliveTimeout = 1;
  server.close();
  await Promise.race([ended, setTimeoutPromise(ms, undefined, { ref: false })]);
  server.closeAllConnections();
  parseSql.close();
  readSources.close();
  planner.close();
  await store.close();
}

/** Opens the store, takes up what an earlier process left, and listens. @throws StoreError, or Node's error of listening */
export async function startServer(settings: Settings, log: Logger): Promise<Running> {
  const inside = await startInside(settings, log);
  let draining = false;
  const server = createFrontDoor({
    path: settings.webhookPath,
    secrets: settings.secrets,
    events: knownEvents,
    identify,
    inbox: inside.store.inbox,
    onDelivery: (delivery) => inside.dispatcher.take(delivery),
    ready: async () => !draining && (await isAlive(inside.store)),
    now,
    log,
  });
  const port = await listen(server, settings);
  const stop = (ms: number): Promise<void> => {
    draining = true;
    return stopAll(server, inside, ms);
  };
  const idle = async (): Promise<void> => {
    await inside.dispatcher.idle();
    await inside.worker.idle();
  };
  return { port, idle, stop };
}
