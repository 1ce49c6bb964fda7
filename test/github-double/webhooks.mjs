import { createHmac } from "node:crypto";
import { renderAccount, renderInstallation } from "./render/account.mjs";
import { renderEnvelope } from "./render/repository.mjs";
import { installationsOf } from "./state/apps.mjs";
import { nodeId } from "./state/clock.mjs";

/** GitHub gives a receiver ten seconds and never tries again by itself. */
const deadline = 10_000;

/** The sender of signed webhooks: deliveries leave one after the other for each app, in the order of the events. */
export function createWebhooks(world) {
  const deliveries = [];
  const queues = new Map();

  function queue(delivery) {
    const { app } = delivery;
    const sent = (queues.get(app.id) ?? Promise.resolve()).then(() => send(delivery));
    queues.set(app.id, sent);
    return sent;
  }

  function deliver(app, installation, { event, action, repository }, body) {
    const delivery = {
      id: world.sequence.id(),
      guid: world.sequence.guid(),
      app,
      event,
      action: action ?? null,
      installation: installation?.id ?? null,
      repository: repository?.id ?? null,
      body: Buffer.from(JSON.stringify(body)),
      deliveredAt: world.clock.iso(),
      redelivery: false,
      statusCode: 0,
      status: "pending",
      duration: 0,
    };
    deliveries.push(delivery);
    queue(delivery);
    return delivery;
  }

  return {
    deliveries,
    /** Sends a repository's event to every subscribed app installed there, or to `onlyApp` alone. */
    emit(message) {
      const { event, repository, onlyApp } = message;
      const receivers = installationsOf(world, repository).filter(
        ({ app, events, suspendedAt }) =>
          app.webhook && events.includes(event) && !suspendedAt && (onlyApp === undefined || app === onlyApp),
      );
      return receivers.map((installation) =>
        deliver(installation.app, installation, message, repositoryBody(world, message, installation)),
      );
    },
    /** Sends an `installation` event, which every app gets unasked. */
    emitInstallation(action, installation, sender, extra) {
      if (!installation.app.webhook) return [];
      const body = { action, installation: renderInstallation(world, installation), ...extra, sender: renderAccount(world, sender) };
      return [
        deliver(
          installation.app,
          installation,
          { event: extra.repositories_added ? "installation_repositories" : "installation", action },
          body,
        ),
      ];
    },
    /** The same GUID and the same bytes once more. */
    redeliver(delivery) {
      const again = {
        ...delivery,
        id: world.sequence.id(),
        redelivery: true,
        deliveredAt: world.clock.iso(),
        statusCode: 0,
        status: "pending",
      };
      deliveries.push(again);
      queue(again);
      return again;
    },
    /** Resolves when nothing is under way any more. */
    async settle() {
      for (let known = -1; known !== deliveries.length; ) {
        known = deliveries.length;
        await Promise.all(queues.values());
      }
    },
  };
}

function repositoryBody(world, { action, payload, sender, repository }, installation) {
  return {
    ...(action === undefined ? {} : { action }),
    ...payload,
    ...renderEnvelope(world, repository),
    sender: renderAccount(world, sender),
    installation: { id: installation.id, node_id: nodeId("Integration", installation.id) },
  };
}

const sign = (algorithm, secret, body) => `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;

function headersOf({ app, event, guid, body }) {
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/d0ub1e5",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": `${app.webhook.id}`,
    "x-github-hook-installation-target-id": `${app.id}`,
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": sign("sha1", app.webhook.secret, body),
    "x-hub-signature-256": sign("sha256", app.webhook.secret, body),
  };
}

/** One attempt. What came back is written into the delivery; nothing is thrown. */
async function send(delivery) {
  const { app, body } = delivery;
  const started = performance.now();
  try {
    const signal = AbortSignal.timeout(deadline);
    const response = await fetch(app.webhook.url, { method: "POST", headers: headersOf(delivery), body, signal, redirect: "manual" });
    delivery.response = await response.text();
    delivery.statusCode = response.status;
    delivery.status = response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`;
  } catch (error) {
    delivery.status = error.name === "TimeoutError" ? "timed out" : "failed to connect to host";
  }
  delivery.duration = Math.round(performance.now() - started) / 1000;
}
