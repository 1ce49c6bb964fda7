import { z } from "zod";

/** Who did something, as GitHub tells it; `id` is null for accounts that have none. */
export interface Actor {
  readonly id: number | null;
  readonly login: string;
  /** GitHub's: `User`, `Bot`, `Mannequin`, … */
  readonly type: string;
}

/** A label by its node id, which a rename keeps and a new label of the same name does not have. */
export interface PullLabel {
  readonly id: string;
  readonly name: string;
}

/** What happened to a pull request, in GitHub's order. Times are GitHub's, ISO 8601 in whole seconds. */
export type TimelineEvent =
  | {
      readonly kind: "labeled" | "unlabeled";
      readonly at: string;
      readonly by: Actor | null;
      /** `name` is the label's name now, not then. */
      readonly label: PullLabel;
    }
  | { readonly kind: "force-pushed" | "retargeted"; readonly at: string; readonly by: Actor | null };

/** Who has a part in the commits of a pull request, by what GitHub knows of them. */
export interface Contributors {
  /** Authors, committers and co-authors; GitHub maps co-authors by their verified addresses. */
  readonly ids: readonly number[];
  /** Of addresses that name a login and no id, in lower case. */
  readonly logins: readonly string[];
  /** Commits of the pull request, as far as read. */
  readonly shas: readonly string[];
  /** False when there are more commits, or more co-authors of one, than were read. */
  readonly complete: boolean;
}

/** Newest events and commits that are read; what lies before is not proven. */
export const TIMELINE = 100;
export const COMMITS = 100;
const AUTHORS = 20;

export const timelineFields = `timelineItems(last: ${TIMELINE}, itemTypes: [LABELED_EVENT, UNLABELED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]) { nodes {
        __typename
        ... on LabeledEvent { createdAt actor { ...who } label { id name } }
        ... on UnlabeledEvent { createdAt actor { ...who } label { id name } }
        ... on HeadRefForcePushedEvent { createdAt actor { ...who } }
        ... on BaseRefChangedEvent { createdAt actor { ...who } }
        ... on AutomaticBaseChangeSucceededEvent { createdAt actor { ...who } }
      } }`;

export const commitsFields = `commits(last: ${COMMITS}) { totalCount nodes { commit {
        oid
        authors(first: ${AUTHORS}) { totalCount nodes { email user { databaseId } } }
        committer { email user { databaseId } }
      } } }`;

export const actorFragment = "fragment who on Actor { __typename login ... on User { databaseId } ... on Bot { databaseId } }";

export const actor = z.object({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() }).nullable();

const kinds = {
  LabeledEvent: "labeled",
  UnlabeledEvent: "unlabeled",
  HeadRefForcePushedEvent: "force-pushed",
  BaseRefChangedEvent: "retargeted",
  AutomaticBaseChangeSucceededEvent: "retargeted",
} as const;

const labelling = z.object({
  __typename: z.enum(["LabeledEvent", "UnlabeledEvent"]),
  createdAt: z.string(),
  actor,
  label: z.object({ id: z.string(), name: z.string() }),
});

const moving = z.object({
  __typename: z.enum(["HeadRefForcePushedEvent", "BaseRefChangedEvent", "AutomaticBaseChangeSucceededEvent"]),
  createdAt: z.string(),
  actor,
});

export const timeline = z.object({ nodes: z.array(z.union([labelling, moving])) }).nullish();

const gitActor = z.object({ email: z.string().nullish(), user: z.object({ databaseId: z.number().nullish() }).nullish() }).nullish();

const commit = z.object({
  oid: z.string(),
  authors: z.object({ totalCount: z.number(), nodes: z.array(gitActor) }),
  committer: gitActor,
});

export const commits = z.object({ totalCount: z.number(), nodes: z.array(z.object({ commit })) }).nullish();

/** The account behind an answer's actor. */
export const actorOf = (found: z.infer<typeof actor>): Actor | null =>
  found && { id: found.databaseId ?? null, login: found.login, type: found.__typename };

/** Null when GitHub told nothing. */
export const timelineOf = (found: z.infer<typeof timeline>): readonly TimelineEvent[] | null =>
  found?.nodes.map((node): TimelineEvent => {
    const shared = { at: node.createdAt, by: actorOf(node.actor) };
    return "label" in node ? { kind: kinds[node.__typename], ...shared, label: node.label } : { kind: kinds[node.__typename], ...shared };
  }) ?? null;

/** GitHub's own addresses for people who hide theirs: `12345+mona@users.noreply.github.com`, formerly without the number. */
const NO_REPLY = /^(?:(\d{1,15})\+)?([a-z\d-]{1,39})@users\.noreply\.github\.com$/i;

const personOf = (who: z.infer<typeof gitActor>): { readonly id?: number; readonly login?: string } => {
  const id = who?.user?.databaseId;
  if (id != null) return { id };
  const [, number, login] = NO_REPLY.exec(who?.email ?? "") ?? [];
  if (number !== undefined) return { id: Number(number) };
  return login === undefined ? {} : { login: login.toLowerCase() };
};

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** Null when GitHub told nothing. */
export function contributorsOf(found: z.infer<typeof commits>): Contributors | null {
  if (!found) return null;
  const all = found.nodes.map((node) => node.commit);
  const people = all.flatMap(({ authors, committer }) => [...authors.nodes, committer]).map(personOf);
  return {
    ids: [...new Set(people.flatMap(({ id }) => present(id)))],
    logins: [...new Set(people.flatMap(({ login }) => present(login)))],
    shas: all.map(({ oid }) => oid),
    complete: found.totalCount <= all.length && all.every(({ authors }) => authors.totalCount <= authors.nodes.length),
  };
}
