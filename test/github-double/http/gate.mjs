import { createHash } from "node:crypto";
import { requestProblems, responseProblems } from "../contract.mjs";
import { within } from "../faults/draw.mjs";
import { modes } from "../faults/modes.mjs";
import { repositoryNamed } from "../state/repositories.mjs";
import { demandAccess } from "./access.mjs";
import { authenticate, describeCaller } from "./auth.mjs";
import { notFound, Refusal } from "./refusal.mjs";
import { createRouter } from "./router.mjs";
import { deliver, parseJson } from "./server.mjs";

/**
 * The one place through which every API request passes: it is journalled, recognised, authenticated, held to the
 * contract, answered, and the merge oracle is asked afterwards. Faults belong here and nowhere else.
 */
export function createGate(world, routes) {
  const find = createRouter(routes);

  return async function pass(incoming, outgoing, bytes) {
    const request = requestOf(world, incoming, bytes);
    const entry = world.journal.open({ method: request.method, path: request.path, query: request.url.search, body: request.body ?? null });
    const found = find(request.method, request.path);
    const luck = luckOf(world, found, request, entry);
    if (luck.mode.skips) {
      await deliver(outgoing, luck.mode.delivery);
      return;
    }
    const answer = await answerOf(world, found, request, entry, luck);
    if (entry.write) world.oracle.record(entry.operation, request.repository);
    const { status, headers, bytes: content } = conditional(request, serialize(answer));
    entry.status = status;
    outgoing.writeHead(status, { ...world.quota.headers(entry, status), ...headers, ...standardHeaders(world, entry) });
    await deliver(outgoing, luck.mode.delivery, content);
  };
}

/** What will go wrong with this call, and in which mode; written into its entry. */
function luckOf(world, found, { method, path, body }, entry) {
  entry.operation = found?.route.id ?? null;
  const query = /^\s*query\s+(\w+)/.exec(body?.query ?? "")?.[1];
  const names = [entry.operation, ...(query ? [`graphql/${query}`] : [])].filter((name) => name !== null);
  const { fault, stale } = world.faults.of({ method, path, names, write: method !== "GET" && !found?.route.reads });
  const told = [...(stale ? ["stale-read"] : []), ...(fault ? [fault.mode] : [])];
  if (told.length > 0) entry.faults = told;
  return { fault, stale, mode: fault ? modes[fault.mode] : {} };
}

function requestOf(world, incoming, bytes) {
  const url = new URL(incoming.url, world.origins.web);
  const path = url.pathname.replace(/^\/api\/v3(?=\/|$)/, "").replace(/^\/api\/graphql$/, "/graphql") || "/";
  return { method: incoming.method, url, path, query: url.searchParams, headers: incoming.headers, bytes, body: parseJson(bytes) };
}

async function answerOf(world, found, request, entry, luck) {
  try {
    const answer = await dispatch(world, found, request, entry, luck);
    return luck.mode.after ? complete(luck.mode.after(world, luck.fault, answer)) : answer;
  } catch (error) {
    if (error instanceof Refusal) return complete({ status: error.status, headers: error.headers, body: error.body });
    entry.crash = error.stack;
    return { status: 500, body: { message: "The double itself failed", stack: error.stack } };
  }
}

async function dispatch(world, found, request, entry, luck) {
  const caller = authenticate(world, request.headers.authorization);
  entry.auth = describeCaller(caller);
  if (!found) throw notFound();
  const { route, params } = found;
  entry.token = route.id === "apps/create-installation-access-token";
  const repository = params.owner === undefined ? null : repositoryNamed(world, `${params.owner}/${params.repo}`);
  request.repository = repository;
  luck.mode.before?.(world, luck.fault, caller, repository);
  demandAccess(caller, route, repository);
  demandJson(request);
  route.demand?.(request.body ?? {});
  const wrong = requestProblems(route.id, request.body);
  if (wrong.length > 0) return violation(entry, "request", wrong);
  entry.write = request.method !== "GET" && !route.reads;
  if (entry.write) world.clock.tick();
  const asked = { ...request, body: request.body ?? {}, world, params, caller, entry };
  const answer = complete(await route.handle(luck.stale ? lagging(asked, luck.stale) : asked));
  const wrongAnswer = answer.raw ? [] : responseProblems(route.id, answer.status, answer.body);
  return wrongAnswer.length > 0 ? violation(entry, "response", wrongAnswer) : answer;
}

/** Reads whose answer comes from a copy of GitHub's database that is behind. */
const behind = new Set([
  "graphql",
  "actions/list-workflow-runs-for-repo",
  "checks/list-for-ref",
  "issues/list-comments",
  "issues/list-events",
  "issues/list-labels-on-issue",
  "pulls/get",
  "pulls/list",
  "pulls/list-files",
  "repos/get-branch",
]);

/** The same request to a world whose repository is as it was a while ago. */
function lagging(request, { ms = 2000, drawn }) {
  const { world, entry, body } = request;
  if (!behind.has(entry.operation)) return request;
  const { owner, name } = body.variables ?? {};
  const repository = request.repository ?? [...world.repositories.values()].find((one) => one.owner.login === owner && one.name === name);
  if (!repository) return request;
  const view = world.past.view(repository, within(ms, drawn));
  return { ...request, world: world.past.worldWith(view), repository: request.repository && view };
}

function demandJson({ bytes, body }) {
  if (bytes.length > 0 && body === undefined) throw new Refusal(400, "Problems parsing JSON");
}

/** A handler gives `{ status?, body?, raw?, headers? }`. */
const complete = (answer) => ({ status: 200, headers: {}, ...answer });

function violation(entry, side, problems) {
  entry.violation = { side, problems };
  return {
    status: 500,
    body: { message: `The ${side} does not fit GitHub's OpenAPI description of ${entry.operation}`, errors: problems },
  };
}

function standardHeaders(world, entry) {
  return {
    date: new Date(world.clock.now() + world.faults.state.skewSeconds * 1000).toUTCString(),
    "x-github-request-id": `D0UB:${entry.n.toString(16).toUpperCase().padStart(6, "0")}`,
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": "2022-11-28",
    "cache-control": "private, max-age=60, s-maxage=60",
  };
}

function serialize({ status, headers, body, raw, type }) {
  const bytes = raw ?? (body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)));
  return {
    status,
    bytes,
    headers: { ...headers, "content-type": type ?? "application/json; charset=utf-8", "content-length": bytes.length },
  };
}

/** A strong ETag on what was read, and 304 without a body to who has it already. */
function conditional(request, { status, headers, bytes }) {
  if (request.method !== "GET" || status !== 200) return { status, headers, bytes };
  const etag = `"${createHash("sha256").update(bytes).digest("hex")}"`;
  const known = request.headers["if-none-match"]?.replace(/^W\//, "") === etag;
  if (!known) return { status, headers: { ...headers, etag }, bytes };
  return { status: 304, headers: { etag }, bytes: Buffer.alloc(0) };
}
