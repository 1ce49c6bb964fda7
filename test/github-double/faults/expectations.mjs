const key = (repository, number, head, base) => `${repository.id} ${number} ${head} ${base}`;

/**
 * What the driver says about the gate: which (pull request, head, base) may be open. In a strict repository everything
 * else may not, at no moment. A state that is taken back (`closed` after `open`) has to be closed by the App first: that it
 * is open still is no fault; that it is opened anew is one, unless it happens within `graceMs`, when it is `late`.
 */
export function createExpectations(world) {
  const strict = new Map();
  const table = new Map();
  const wrong = [];
  const wasWrong = new Map();

  const graceOf = (repository) => strict.get(repository.id)?.graceMs ?? 0;

  function faultOf(repository, pull, opened) {
    const known = table.get(key(repository, pull.number, pull.head.sha, pull.base.ref));
    if (known === undefined) return "never";
    if (known.open) return null;
    if (!opened) return null;
    return Date.now() - known.at <= graceOf(repository) ? "late" : "reopened";
  }

  return {
    wrong,
    strict(repository, { graceMs = 0 }) {
      strict.set(repository.id, { graceMs });
    },
    /** `open`: may be merged from now on. `closed`: no longer. */
    set(repository, { number, head, base, open }) {
      table.set(key(repository, number, head, base), { open, at: Date.now() });
    },
    /** Asked with every answer of the oracle's; `opened` says that it was closed before. */
    note(repository, pull, { mergeable }, { cause, opened, about }) {
      if (!strict.has(repository.id)) return;
      const fault = mergeable ? faultOf(repository, pull, opened) : null;
      const before = wasWrong.get(pull) ?? null;
      wasWrong.set(pull, fault);
      if (fault === null || fault === before) return;
      wrong.push({ at: world.clock.iso(), realMs: Date.now(), call: world.journal.mark(), cause, fault, ...about });
    },
  };
}
