import { z } from "zod";
import type { Store } from "../store/store.js";
import { installation, repository } from "./payloads.js";

/** What any event of a repository tells beside its own matter. */
export interface SightingStore {
  readonly installations: Pick<Store["installations"], "observe">;
  readonly nets: Pick<Store["nets"], "touch">;
}

const place = z.object({ installation, repository: repository.extend({ archived: z.boolean().default(false) }) });

const pull = z.object({
  number: z.number(),
  updated_at: z.string(),
  labels: z.array(z.object({ name: z.string() })),
});

const ofPull = z.object({ pull_request: pull });
const ofIssue = z.object({ issue: z.object({ number: z.number(), pull_request: z.object({}) }) });

const keyOf = ({ installation: { id }, repository: { id: repositoryId } }: z.infer<typeof place>) => ({
  installation: id,
  repository: repositoryId,
});

/** The repository's present name and default branch: our keys are ids, but GitHub is asked by names. */
export async function observeRepository(raw: unknown, store: SightingStore): Promise<void> {
  const parsed = place.safeParse(raw);
  if (!parsed.success) return;
  const { name, owner, default_branch: defaultBranch, archived } = parsed.data.repository;
  await store.installations.observe({ ...keyOf(parsed.data), owner: owner.login, name, defaultBranch, archived });
}

/** What a payload shows of a pull request, for the nets to compare with; an event of it also makes it active. */
export async function seePull(raw: unknown, store: SightingStore, now: Date): Promise<void> {
  const parsed = place.safeParse(raw);
  if (!parsed.success) return;
  const [pullPart, issuePart] = [ofPull.safeParse(raw), ofIssue.safeParse(raw)];
  if (pullPart.success) {
    const { number, updated_at: updatedAt, labels } = pullPart.data.pull_request;
    await store.nets.touch({ ...keyOf(parsed.data), number }, now, { updatedAt, labels: labels.map(({ name }) => name).toSorted() });
  } else if (issuePart.success) {
    await store.nets.touch({ ...keyOf(parsed.data), number: issuePart.data.issue.number }, now);
  }
}
