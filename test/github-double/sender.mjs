import { createHmac } from "node:crypto";
import { fateOf } from "./faults/deliveries.mjs";

/** GitHub gives a receiver ten seconds and never tries again by itself. */
const deadline = 10_000;

/**
 * The sender of signed webhooks: deliveries leave one after the other for each app, in the order of the events, unless
 * `setFaults` says otherwise.
 */
export function createSender(world, deliveries) {
  const queues = new Map();
  const underWay = new Set();

  function track(work) {
    underWay.add(work);
    work.finally(() => underWay.delete(work));
  }

  /** Behind what the app is still to be sent, or at once where the sender was told to have several lanes. */
  function enqueue(delivery, secret) {
    const { app } = delivery;
    const lanes = world.faults.state.sender.parallel ?? 1;
    const lane = `${app.id} ${lanes === 1 ? 0 : delivery.id % lanes}`;
    const sent = (queues.get(lane) ?? Promise.resolve()).then(() => send(delivery, secret));
    queues.set(lane, sent);
    track(sent);
  }

  function after(ms, work) {
    if (ms <= 0) return work();
    return track(new Promise((resolve) => setTimeout(() => resolve(work()), ms)));
  }

  function copyOf(delivery, fields) {
    const copy = { ...delivery, id: world.sequence.id(), statusCode: 0, status: "pending", ...fields };
    deliveries.push(copy);
    return copy;
  }

  return {
    queue(delivery) {
      const fate = fateOf(world.faults.state.sender, delivery);
      if (fate.told.length > 0) delivery.faults = fate.told;
      if (fate.dropped) {
        delivery.status = "never sent";
        return;
      }
      after(fate.afterMs, () => enqueue(delivery, fate.secret));
      for (const ms of fate.againMs) after(ms, () => enqueue(copyOf(delivery, { faults: ["duplicate"] })));
      for (const ms of fate.replayMs) after(ms, () => enqueue(copyOf(delivery, { faults: ["replay"], guid: world.sequence.guid() })));
    },
    /** Without faults: what GitHub is asked to deliver again it delivers. */
    resend: (delivery) => enqueue(delivery),
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

const sign = (algorithm, secret, body) => `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;

function headersOf({ app, event, guid, body }, secret) {
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/d0ub1e5",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": `${app.webhook.id}`,
    "x-github-hook-installation-target-id": `${app.id}`,
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": sign("sha1", secret, body),
    "x-hub-signature-256": sign("sha256", secret, body),
  };
}

/** One attempt. What came back is written into the delivery; nothing is thrown. */
async function send(delivery, secret = delivery.app.webhook.secret) {
  const { app, body } = delivery;
  const started = performance.now();
  try {
    const signal = AbortSignal.timeout(deadline);
    const response = await fetch(app.webhook.url, {
      method: "POST",
      headers: headersOf(delivery, secret),
      body,
      signal,
      redirect: "manual",
    });
    delivery.response = await response.text();
    delivery.statusCode = response.status;
    if (response.ok) delivery.takenAt = Date.now();
    delivery.status = response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`;
  } catch (error) {
    delivery.status = error.name === "TimeoutError" ? "timed out" : "failed to connect to host";
  }
  delivery.duration = Math.round(performance.now() - started) / 1000;
}
