import { notFound } from "../http/refusal.mjs";
import { renderLabel, renderPull } from "../render/pull.mjs";

/** A repository's label by name without regard to case, made when it is missing. */
export function labelNamed(world, repository, name) {
  const key = name.toLowerCase();
  if (!repository.labels.has(key)) repository.labels.set(key, { id: world.sequence.id(), name, color: "ededed", description: null });
  return repository.labels.get(key);
}

/** Puts a label on; putting it twice is no event. `app` is set when an app did it. */
export function addLabel(world, repository, pull, name, sender, app = null) {
  const label = labelNamed(world, repository, name);
  const key = name.toLowerCase();
  if (pull.labels.includes(key)) return;
  pull.labels.push(key);
  announce(world, repository, pull, { action: "labeled", label, sender, app });
}

/** Takes a label off; 404 when it was not there. */
export function removeLabel(world, repository, pull, name, sender, app = null) {
  const key = name.toLowerCase();
  if (!pull.labels.includes(key)) throw notFound();
  pull.labels.splice(pull.labels.indexOf(key), 1);
  announce(world, repository, pull, { action: "unlabeled", label: repository.labels.get(key), sender, app });
}

function announce(world, repository, pull, { action, label, sender, app }) {
  pull.updatedAt = world.clock.iso();
  const event = {
    id: world.sequence.id(),
    number: pull.number,
    event: action,
    label: { ...label },
    actor: sender,
    app,
    createdAt: world.clock.iso(),
  };
  repository.issueEvents.push(event);
  const payload = { number: pull.number, pull_request: renderPull(world, repository, pull), label: renderLabel(world, repository, label) };
  world.webhooks.emit({ event: "pull_request", action, repository, payload, sender });
}
