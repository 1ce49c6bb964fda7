import { paged } from "../http/paging.mjs";
import { notFound, Refusal, unprocessable } from "../http/refusal.mjs";
import { renderApp, renderInstallation } from "../render/account.mjs";
import { renderRepository } from "../render/repository.mjs";
import { covers, createInstallationToken, installationsOf } from "../state/apps.mjs";
import { isoSeconds } from "../state/clock.mjs";

const ownInstallations = ({ world, caller }) => [...world.installations.values()].filter(({ app }) => app === caller.app);

function ownInstallation(request) {
  const found = ownInstallations(request).find(({ id }) => id === Number(request.params.installation_id));
  if (!found) throw notFound();
  return found;
}

const reached = (world, installation) => [...world.repositories.values()].filter((repository) => covers(installation, repository));

/** Narrowed as asked: more than the installation has, or a repository it does not reach, is 422. */
function createToken(request) {
  const { world, body } = request;
  const installation = ownInstallation(request);
  if (installation.suspendedAt) throw new Refusal(403, "This installation has been suspended");
  const excess = Object.keys(body.permissions ?? {}).some((name) => installation.permissions[name] === undefined);
  if (excess) throw unprocessable("The permissions requested are not granted to this installation.");
  const repositories = narrowed(world, installation, body);
  const { token, expiresAt } = createInstallationToken(world, installation, { permissions: body.permissions, repositories });
  const selection = installation.repositories === "all" && !repositories ? "all" : "selected";
  const permissions = body.permissions ?? installation.permissions;
  return { status: 201, body: { token, expires_at: isoSeconds(expiresAt), permissions, repository_selection: selection } };
}

function narrowed(world, installation, { repository_ids: ids, repositories: names }) {
  if (ids === undefined && names === undefined) return undefined;
  const chosen = reached(world, installation).filter(({ id, name }) => ids?.includes(id) || names?.includes(name));
  if (chosen.length < (ids ?? names).length) {
    throw unprocessable("There is at least one repository that does not exist or is not accessible to the parent installation.");
  }
  return chosen.map(({ id }) => id);
}

function repositoryInstallation({ world, caller, repository }) {
  const found = installationsOf(world, repository).find(({ app }) => app === caller.app);
  if (!found) throw notFound();
  return { body: renderInstallation(world, found) };
}

function listRepositories(request) {
  const { world, caller } = request;
  const list = reached(world, caller.installation).map((repository) => renderRepository(world, repository));
  return paged(request, list, (repositories) => ({ total_count: list.length, repositories }));
}

const renderDelivery = (delivery) => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: delivery.deliveredAt,
  redelivery: delivery.redelivery,
  duration: delivery.duration,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installation,
  repository_id: delivery.repository,
  throttled_at: null,
});

/** Newest first, by cursor (the id after which to go on); `status` is success or failure. */
function listDeliveries({ world, caller, query, url }) {
  const size = Math.min(Number(query.get("per_page") ?? 30), 100);
  const wanted = query.get("status");
  const own = world.webhooks.deliveries
    .filter(({ app, status }) => app === caller.app && status !== "pending" && status !== "never sent")
    .reverse();
  const matching = own.filter(({ statusCode }) => wanted === null || (wanted === "success") === (statusCode >= 200 && statusCode < 400));
  const start = query.get("cursor") === null ? 0 : matching.findIndex(({ id }) => id === Number(query.get("cursor"))) + 1;
  const page = matching.slice(start, start + size);
  const next = new URL(url);
  next.searchParams.set("cursor", `${page.at(-1)?.id}`);
  const headers = matching.length > start + size ? { link: `<${next.href}>; rel="next"` } : {};
  return { body: page.map(renderDelivery), headers };
}

function redeliver({ world, caller, params }) {
  const found = world.webhooks.deliveries.find(({ id, app }) => id === Number(params.delivery_id) && app === caller.app);
  if (!found) throw notFound();
  world.webhooks.redeliver(found);
  return { status: 202, body: {} };
}

export const appRoutes = [
  {
    id: "apps/get-authenticated",
    app: true,
    handle: (request) => ({
      body: { ...renderApp(request.world, request.caller.app), installations_count: ownInstallations(request).length },
    }),
  },
  {
    id: "apps/list-installations",
    app: true,
    handle: (request) =>
      paged(
        request,
        ownInstallations(request).map((installation) => renderInstallation(request.world, installation)),
      ),
  },
  {
    id: "apps/get-installation",
    method: "GET",
    path: "/app/installations/{installation_id}",
    app: true,
    handle: (request) => ({ body: renderInstallation(request.world, ownInstallation(request)) }),
  },
  { id: "apps/create-installation-access-token", app: true, handle: createToken },
  { id: "apps/get-repo-installation", app: true, handle: repositoryInstallation },
  { id: "apps/list-repos-accessible-to-installation", appOnly: true, handle: listRepositories },
  { id: "apps/list-webhook-deliveries", app: true, handle: listDeliveries },
  { id: "apps/redeliver-webhook-delivery", app: true, handle: redeliver },
];
