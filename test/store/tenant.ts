import type { Measurement } from "../../src/model/measurement.js";
import type { OverrideRecord } from "../../src/model/override.js";
import { text } from "../../src/model/text.js";
import { pack } from "../../src/store/packed.js";
import type { KnownPull, Store } from "../../src/store/store.js";
import { asked } from "./override-record.js";

/** One account's part of a store. All tenants use the same numbers and names, but for the installation. */
export interface Tenant {
  readonly store: Store;
  readonly pull: KnownPull;
  /** Stands in everything that it writes. */
  readonly tag: string;
}

export const tenant = (store: Store, installation: number, tag: string): Tenant => ({
  store,
  tag,
  pull: {
    ...{ installation, repository: 70, number: 5, owner: "acme", name: "shop" },
    ...{ headSha: "h", headRepository: 70, baseRef: "main", open: true },
  },
});

type Acts = Readonly<Record<string, (of: Tenant) => Promise<unknown>>>;

const AT = "2026-01-05T09:00:00Z";
const NOW = new Date(AT);
const CHECK = "redline/main";
const person = { id: 5, login: "maria", type: "User" };
const run = { id: 9, attempt: 1, url: "https://github.test/run/9", workflow: "bench.yml" };
const time = (value: number): Measurement => ({ benchmark: "sort", metric: "time", statistic: "min", unit: "s", better: "lower", value });
const verdict = (tag: string) => ({ conclusion: "failure", advisory: false, title: text`${tag}`, action: [], violations: [] }) as const;
const record = ({ pull, tag }: Tenant): OverrideRecord => ({ ...asked(pull.number, "h"), reason: tag });
const publication = { checkRunId: 1, checkState: "failure", checkDigest: null, annotationsDigest: null, since: NOW, runs: null };
const twin = ({ pull }: Tenant): KnownPull => ({ ...pull, number: 6 });
const snapshot = (tag: string) => ({
  ...{ draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "m" }, head: { sha: "h" } },
  files: [{ path: tag, status: "added" as const }],
});
const delivery = ({ pull, tag }: Tenant) => ({
  ...{ guid: `guid ${tag}`, event: "push", action: null, pull: pull.number, body: pack(tag), receivedAt: NOW },
  ...{ installation: pull.installation, repository: pull.repository },
});

/** Everything that keeps something, in an order in which it can be kept. */
export const writes: Acts = {
  "inbox.receive": (of) => of.store.inbox.receive(delivery(of), { key: of.pull, reason: of.tag }),
  "inbox.failed": (of) => of.store.inbox.failed(delivery(of).guid, of.tag, 1),
  "dirty.mark": ({ store, pull, tag }) => store.dirty.mark(pull, tag, NOW),
  "dirty.hold": ({ store, pull }) => store.dirty.hold(pull.installation, NOW),
  "pulls.observe": async (of) => {
    await of.store.pulls.observe({ ...of.pull, owner: of.tag });
    await of.store.pulls.observe(twin(of));
  },
  "pulls.recordLabel": ({ store, pull, tag }) =>
    store.pulls.recordLabel(pull, { action: "labeled", label: tag, labelId: "L", actor: person, headSha: "h", at: AT }),
  "pulls.attest": ({ store, pull, tag }) => store.pulls.attest(pull, { item: "own/1", by: tag, at: AT, sha: "h" }),
  "pulls.saveVerdict": ({ store, pull, tag }) => store.pulls.saveVerdict(pull, "h", verdict(tag)),
  "publications.save": async ({ store, pull }) => {
    await store.publications.save(pull, "h", CHECK, publication);
    await store.publications.save(pull, "h", "redline/left", { ...publication, checkState: "success", runs: 0 });
  },
  "publications.saveComment": ({ store, pull, tag }) => store.publications.saveComment(pull, { id: 3, digest: tag }),
  "publications.saveIntent": ({ store, pull, tag }) => store.publications.saveIntent(pull, tag, { state: "open", at: NOW, since: null }),
  "history.recordCommits": ({ store, pull, tag }) => store.history.recordCommits(pull, ["c1", tag, "c2"]),
  "history.recordRun": async ({ store, pull, tag }) => {
    for (const sha of ["c1", "c2"])
      await store.history.recordRun(pull, {
        ...{ sha, at: NOW, onDefaultBranch: true, measurements: [time(tag.length)], environment: { cpu: tag } },
      });
  },
  "history.recordShift": ({ store, pull, tag }) =>
    store.history.recordShift(pull, {
      ...{ benchmark: "sort", metric: "time", sha: "c2", before: tag, effect: 1, at: AT, pulls: [5], flagged: false },
    }),
  "heads.saveResults": ({ store, pull, tag }) =>
    store.heads.saveResults(pull, 70, "h", [{ file: tag, source: run, run: { format: "x", measurements: [], problems: [] } }], run),
  "heads.expectRun": ({ store, pull, tag }) => store.heads.expectRun(pull, 70, "h", { ...run, id: 10, url: tag, startedAt: AT }),
  "heads.saveSnapshot": ({ store, pull, tag }) => store.heads.saveSnapshot(pull, "b", "h", snapshot(tag), [tag]),
  "installations.setState": ({ store, pull, tag }) => store.installations.setState(pull.installation, "suspended", tag, NOW),
  "installations.observe": ({ store, pull, tag }) =>
    store.installations.observe({ ...pull, owner: tag, defaultBranch: "main", archived: false }),
  "nets.touch": ({ store, pull, tag }) => store.nets.touch(pull, NOW, { updatedAt: AT, labels: [tag] }),
  "nets.expectMissed": ({ store, pull }) => store.nets.expectMissed(pull, 70, "h2", { ...run, startedAt: AT }),
  "gate.recordRun": ({ store, pull, tag }) =>
    store.gate.recordRun(pull, 70, "h", {
      ...{ ...run, event: "merge_group", workflow: tag, startedAt: AT, completed: true, conclusion: "success" },
    }),
  "gate.recordResults": ({ store, pull, tag }) => store.gate.recordResults(pull, "h", run, tag.length),
  "gate.recordGroup": ({ store, pull, tag }) =>
    store.gate.recordGroup(pull, { headSha: "g", baseSha: tag, baseRef: "main", number: 5, tree: tag, requestedAt: NOW }),
  "gate.saveRules": ({ store, pull, tag }) =>
    store.gate.saveRules(pull, "main", { required: [{ name: tag, source: null }], others: [] }, NOW),
  "gate.enrol": ({ store, pull, tag }) => store.gate.enrol(pull, "main", tag),
  "gate.recordBypass": ({ store, pull, tag }) => store.gate.recordBypass(pull, pull, { baseRef: "main", by: tag, state: null }, NOW),
  "overrides.sight": ({ store, pull, tag }) => store.overrides.sight(pull, { at: AT, headSha: tag, baseRef: "main" }),
  "overrides.recordPusher": ({ store, pull, tag }) => store.overrides.recordPusher(pull, "h", tag.length),
  "overrides.ask": ({ store, pull, tag }) =>
    store.overrides.ask(pull, { key: "comment:1", kind: "command", at: AT, by: person, headSha: null, reason: tag }),
  "overrides.append": (of) => of.store.overrides.append(of.pull, [record(of)]),
  "readings.tell": ({ store, pull, tag }) =>
    store.readings.tell(pull, { at: AT, receivedAt: AT, headSha: tag, draft: false, changedFiles: 1, labels: [] }),
  "readings.save": ({ store, pull, tag }) => store.readings.save(pull, { baseRef: "main", answer: { tag }, at: NOW }),
};

/** Everything that changes or removes what was kept. */
export const removals: Acts = {
  "inbox.revive": ({ store, pull }) => store.inbox.revive(pull),
  "inbox.done": (of) => of.store.inbox.done(delivery(of).guid),
  "pulls.withdraw": ({ store, pull }) => store.pulls.withdraw(pull, "own/1", "2026-01-05T09:01:00Z"),
  "pulls.merged": ({ store, pull }) => store.pulls.merged(pull),
  "publications.commentEdited": ({ store, pull }) => store.publications.commentEdited(pull),
  "publications.doubt": ({ store, pull }) => store.publications.doubt(pull),
  "heads.forgetRun": ({ store, pull }) => store.heads.forgetRun(pull, 70, "h", { id: 10, attempt: 1 }),
  "nets.forgetCheck": ({ store, pull }) => store.nets.forgetCheck({ key: pull, headSha: "h", checkName: CHECK }),
  "gate.release": ({ store, pull }) => store.gate.release(pull, "main"),
  "overrides.withdraw": ({ store, pull }) => store.overrides.withdraw(pull, "comment:1"),
  "readings.forget": ({ store, pull }) => store.readings.forget(pull, "main"),
  "installations.park": ({ store, pull }) => store.installations.park({ installation: pull.installation }),
};

/** Everything that tells something of one tenant. */
export const reads: Acts = {
  "inbox.troubled": ({ store, pull }) => store.inbox.troubled(pull),
  "pulls.get": ({ store, pull }) => store.pulls.get(pull),
  "pulls.age": async ({ store, pull }) => Number.isFinite(await store.pulls.age(pull)),
  "pulls.withHead": ({ store, pull }) => store.pulls.withHead(pull, 70, "h"),
  "pulls.onBase": ({ store, pull }) => store.pulls.onBase(pull, "main"),
  "pulls.sharing": ({ store, pull }) => store.pulls.sharing(pull),
  "pulls.open": ({ store, pull }) => store.pulls.open(pull.installation),
  "pulls.labels": ({ store, pull }) => store.pulls.labels(pull),
  "pulls.attestations": ({ store, pull }) => store.pulls.attestations(pull),
  "pulls.verdict": ({ store, pull }) => store.pulls.verdict(pull, "h"),
  "pulls.verdicts": ({ store, pull }) => store.pulls.verdicts(pull),
  "publications.get": ({ store, pull }) => store.publications.get(pull, "h", CHECK),
  "publications.left": ({ store, pull }) => store.publications.left(pull),
  "publications.leftOn": ({ store, pull }) => store.publications.leftOn(pull, "h"),
  "publications.isShared": ({ store, pull }) => store.publications.isShared(pull, CHECK),
  "publications.comment": ({ store, pull }) => store.publications.comment(pull),
  "publications.intents": async ({ store, pull }) => [...(await store.publications.intents(pull))],
  "history.nearest": ({ store, pull }) => store.history.nearest(pull, ["c2"]),
  "history.before": async ({ store, pull }) => [...(await store.history.before(pull, "c2", 9))],
  "history.timelines": ({ store, pull }) => store.history.timelines(pull, "c2", 9),
  "history.isKnown": ({ store, pull }) => store.history.isKnown(pull, "c1"),
  // The last is named whether it is known or not.
  "history.between": async ({ store, pull }) => (await store.history.between(pull, "c1", "c2")).slice(0, -1),
  "history.shifts": ({ store, pull }) => store.history.shifts(pull),
  "heads.expectedRuns": ({ store, pull }) => store.heads.expectedRuns(pull, 70, "h"),
  "heads.heardRuns": ({ store, pull }) => store.heads.heardRuns(pull, "h"),
  "heads.results": ({ store, pull }) => store.heads.results(pull, 70, "h"),
  "heads.snapshot": ({ store, pull }) => store.heads.snapshot(pull, "b", "h"),
  "installations.state": async ({ store, pull }) => (await store.installations.state(pull.installation)) !== "active",
  "installations.repository": ({ store, pull }) => store.installations.repository(pull),
  "nets.ofRepository": ({ store, pull }) => store.nets.ofRepository(pull, [pull.number]),
  "gate.runs": ({ store, pull }) => store.gate.runs(pull, 70, "h"),
  "gate.groupWorkflows": ({ store, pull }) => store.gate.groupWorkflows(pull),
  "gate.resultWorkflows": ({ store, pull }) => store.gate.resultWorkflows(pull),
  "gate.group": ({ store, pull }) => store.gate.group(pull, "g"),
  "gate.rules": ({ store, pull }) => store.gate.rules(pull, "main"),
  "gate.enrolled": ({ store, pull }) => store.gate.enrolled(pull, "main"),
  "gate.bypasses": ({ store, pull }) => store.gate.bypasses(pull),
  "overrides.sightings": ({ store, pull }) => store.overrides.sightings(pull),
  "overrides.pushers": ({ store, pull }) => store.overrides.pushers(pull, ["h"]),
  "overrides.asks": ({ store, pull }) => store.overrides.asks(pull),
  "overrides.audit": ({ store, pull }) => store.overrides.audit(pull),
  "readings.told": ({ store, pull }) => store.readings.told(pull),
  "readings.get": ({ store, pull }) => store.readings.get(pull),
};

/** The App's own work, over all tenants: what it hands out carries the key of its tenant, and nobody outside can ask for it. */
export const everybodys: readonly string[] = [
  ...["pending", "read", "takeOver", "renew", "recover", "leave"].map((name) => `inbox.${name}`),
  ...["claim", "renew", "holds", "release", "fail", "recover", "next", "dead"].map((name) => `dirty.${name}`),
  ...["active", "agedChecks", "takeTurn", "cursor", "saveCursor", "received", "redelivery", "countRedelivery"].map(
    (name) => `nets.${name}`,
  ),
  ...["nets.figures", "nets.beat", "nets.forget"],
  ...["vacuum", "checkpoint", "makeMonths", "tidy"].map((name) => `upkeep.${name}`),
  ...["listen", "close", "clock.read"],
];
