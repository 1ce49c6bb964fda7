import { renderAccount, renderInstallation } from "./render/account.mjs";
import { renderEnvelope } from "./render/repository.mjs";
import { createSender } from "./sender.mjs";
import { installationsOf } from "./state/apps.mjs";
import { nodeId } from "./state/clock.mjs";

/** What is told to whom: each event becomes a delivery to every app that listens, and the sender takes it from there. */
export function createWebhooks(world) {
  const deliveries = [];
  const sender = createSender(world, deliveries);

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
    sender.queue(delivery);
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
      sender.resend(again);
      return again;
    },
    /** Resolves when nothing is under way any more. */
    async settle() {
      for (let known = -1; known !== deliveries.length; ) {
        known = deliveries.length;
        await sender.settle();
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
