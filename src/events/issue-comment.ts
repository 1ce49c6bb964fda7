import { z } from "zod";
import type { GitHub } from "../github/call.js";
import { mayWrite } from "../github/teams.js";
import type { Attestation } from "../model/verdict.js";
import type { KnownPull } from "../store/store.js";
import { headOf, turnedBoxes } from "./boxes.js";
import { readCommand } from "./command.js";
import { type EventDependencies, type EventHandler, mark } from "./handler.js";
import { account, place, pullKey } from "./payloads.js";

const payloadShape = place.extend({
  action: z.string().default("edited"),
  issue: z.object({ number: z.number(), pull_request: z.object({}).nullish() }),
  comment: z.object({
    id: z.number().default(0),
    created_at: z.string().default(""),
    body: z.string().nullish(),
    updated_at: z.string(),
    user: z.object({ id: z.number() }).nullish(),
    performed_via_github_app: z.object({ id: z.number() }).nullish(),
  }),
  changes: z.object({ body: z.object({ from: z.string() }).optional() }).nullish(),
  sender: account,
});

type Payload = z.infer<typeof payloadShape>;

/** GitHub is asked, not the payload. A bot has no role to ask for: its tick is marked as one, and never opens a gate. */
const mayTick = async (github: GitHub, { repository, sender }: Payload): Promise<boolean> =>
  sender.type !== "User" || mayWrite(github, { owner: repository.owner.login, name: repository.name }, sender.login);

/** What the edit turned, of the boxes that we published: ticks with the head they were shown for, and lines taken back. */
async function readEdit({ store }: EventDependencies, pull: KnownPull, { comment, changes, sender }: Payload) {
  const published = (await store.pulls.verdicts(pull)).flatMap(({ boxes }) => boxes ?? []);
  const boxes = turnedBoxes(comment.body ?? "", changes?.body?.from).map((box) => ({ ...box, sha: headOf(box, published, pull.headSha) }));
  const by = { by: sender.login, account: { id: sender.id, bot: sender.type !== "User" }, at: comment.updated_at };
  const ticks = boxes.flatMap(({ item, ticked, sha, basis }): Attestation[] =>
    ticked && sha !== null && basis !== null ? [{ item, ...by, sha, basis }] : [],
  );
  return { ticks, boxes };
}

/** Records the boxes that were turned on and off. Resolves with whether a recorded tick was taken back. */
async function recordTicks(dependencies: EventDependencies, pull: KnownPull, payload: Payload, github: GitHub): Promise<boolean> {
  const { pulls } = dependencies.store;
  const { ticks, boxes } = await readEdit(dependencies, pull, payload);
  const recorded = new Map((await pulls.attestations(pull)).map((tick) => [tick.item, tick]));
  const off = boxes.filter(({ item, ticked, sha }) => !ticked && (recorded.has(item) || sha !== null));
  for (const { item } of off) await pulls.withdraw(pull, item, payload.comment.updated_at);
  const fresh = ticks.filter(({ item, basis }) => recorded.get(item)?.basis !== basis);
  if (fresh.length > 0 && (await mayTick(github, payload))) for (const tick of fresh) await pulls.attest(pull, tick);
  return off.some(({ item }) => recorded.has(item));
}

/** Somebody else's edit of a comment that our App wrote on a pull request: what we write ourselves comes back as an event too. */
const isForeignEdit = ({ issue, comment, sender }: Payload, appId: number): boolean =>
  issue.pull_request != null &&
  comment.performed_via_github_app?.id === appId &&
  (sender.type === "User" || (comment.user != null && sender.id !== comment.user.id));

/** A command is an own comment from the start: nobody edits one into another person's, or an earlier, comment. */
async function recordCommand(dependencies: EventDependencies, payload: Payload): Promise<void> {
  const { comment, sender, action, issue } = payload;
  const key = pullKey(payload, issue.number);
  const ask = `comment:${comment.id}`;
  const command = readCommand(comment.body ?? "");
  if (command === null || (action === "created" && comment.user?.id !== sender.id)) return;
  if (!(await dependencies.store.pulls.get(key))) return;
  if (action === "deleted") {
    await dependencies.store.overrides.withdraw(key, ask);
    return mark(dependencies, key, "issue_comment.withdrawn");
  }
  const by = { id: sender.id, login: sender.login, type: sender.type };
  const { reason } = command;
  await dependencies.store.overrides.ask(key, { key: ask, kind: "command", at: comment.created_at, by, headSha: null, reason });
  return mark(dependencies, key, "issue_comment.command");
}

/**
 * A human edited our comment: ticks are recorded, and whatever else was changed is put right by the worker. A tick that
 * is taken back may close a gate, so that it is told apart.
 */
export const issueCommentEvent: EventHandler = {
  event: "issue_comment",
  on: ["issue_comment.created", "issue_comment.edited", "issue_comment.deleted"],
  async handle(raw, dependencies, github) {
    const payload = payloadShape.parse(raw);
    if (payload.action !== "edited") return payload.issue.pull_request == null ? undefined : recordCommand(dependencies, payload);
    if (!isForeignEdit(payload, dependencies.appId)) return;
    const key = pullKey(payload, payload.issue.number);
    const pull = await dependencies.store.pulls.get(key);
    if (!pull) return;
    const takenBack = await recordTicks(dependencies, pull, payload, github);
    await dependencies.store.publications.commentEdited(key);
    await mark(dependencies, key, takenBack ? "issue_comment.unticked" : "issue_comment.edited");
  },
};
