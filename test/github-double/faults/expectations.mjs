const key = (repository, number, head, base) => `${repository.id} ${number} ${head} ${base}`;

/**
 * What the driver says about the gate: which (pull request, head, base) may be open. In a strict repository everything
 * else may not, at no moment. A state that is taken back (`closed` after `open`) has to be closed by the App first: that it
 * is open still is no fault; that it is opened anew is one, unless it happens within `graceMs`, when it is `late`. Where
 * people come back to a check that nobody has written since, the time runs from when the App was told (`told`).
 */
export function createExpectations(world) {
  const strict = new Map();
  const table = new Map();
  const wrong = [];
  const wasWrong = new Map();

  const graceOf = (repository) => strict.get(repository.id)?.graceMs ?? 0;

  /** When the App was told first; Infinity while it was not. */
  const heardAt = (told) =>
    Math.min(
      ...world.webhooks.deliveries.filter(({ guid }) => told.includes(guid)).map(({ takenAt }) => takenAt ?? Number.POSITIVE_INFINITY),
    );

  function faultOf(repository, pull, { opened, cause }) {
    const known = table.get(key(repository, pull.number, pull.head.sha, pull.base.ref));
    if (known === undefined) return "never";
    if (known.open || !opened) return null;
    const since = cause.startsWith("control/") && known.told ? heardAt(known.told) : known.at;
    if (since > Date.now()) return null;
    return Date.now() - since <= graceOf(repository) ? "late" : "reopened";
  }

  return {
    wrong,
    strict(repository, { graceMs = 0 }) {
      strict.set(repository.id, { graceMs });
    },
    /** `open`: may be merged from now on. `closed`: no longer; `told`: GUIDs of the deliveries by which the App learns of it. */
    set(repository, { number, head, base, open, told }) {
      // What never was open is not excused by an end.
      if (!open && !table.has(key(repository, number, head, base))) return;
      table.set(key(repository, number, head, base), { open, told, at: Date.now() });
    },
    /** Asked with every answer of the oracle's; `opened` says that it was closed before. */
    note(repository, pull, { mergeable }, { cause, opened, about }) {
      if (!strict.has(repository.id)) return;
      const fault = mergeable ? faultOf(repository, pull, { opened, cause }) : null;
      const before = wasWrong.get(pull) ?? null;
      wasWrong.set(pull, fault);
      if (fault === null || fault === before) return;
      wrong.push({ at: world.clock.iso(), realMs: Date.now(), call: world.journal.mark(), cause, fault, ...about });
    },
  };
}
