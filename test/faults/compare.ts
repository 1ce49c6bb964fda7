import type { Double } from "../github-double/client.mjs";
import { checkOn } from "./ground.js";
import type { Kind } from "./options.js";
import { expectedOf, headOf, type Subject } from "./subject.js";

/** What is wrong with one pull request at rest. */
export interface Fault {
  readonly kind: "lost" | "duplicate" | "stale";
  readonly repository: string;
  readonly number: number;
  readonly what: string;
}

const plain = (markdown: string): string => markdown.replaceAll(/[\\`*~_|]/g, "");

type Check = Awaited<ReturnType<Double["checkRuns"]>>[number];

function faultsOfCheck(subject: Subject, check: Check | undefined): readonly Omit<Fault, "repository" | "number">[] {
  const head = headOf(subject).sha.slice(0, 7);
  if (!check) return [{ kind: "lost", what: `no check on ${head}` }];
  const expected = expectedOf(subject);
  const state = check.conclusion ?? check.status;
  const open = state === "success";
  const right = expected === "either" || (expected === "open") === open;
  return right ? [] : [{ kind: "stale", what: `the check on ${head} is ${state}, expected ${expected} (${check.output?.title ?? ""})` }];
}

function faultsOfComments(
  subject: Subject,
  bodies: readonly string[],
  check: Check | undefined,
): readonly Omit<Fault, "repository" | "number">[] {
  const head = headOf(subject).sha.slice(0, 7);
  const [body] = bodies;
  if (body === undefined) return [{ kind: "lost", what: "no comment" }];
  if (bodies.length > 1) return [{ kind: "duplicate", what: `${bodies.length} comments` }];
  if (!body.includes(head)) return [{ kind: "stale", what: `the comment does not name ${head}` }];
  const title = plain(check?.output?.title ?? "");
  // The comment begins a sentence with it.
  return plain(body).toLowerCase().includes(title.toLowerCase()) ? [] : [{ kind: "stale", what: `the comment does not say "${title}"` }];
}

async function faultsOf(github: Double, kind: Kind, subject: Subject): Promise<readonly Fault[]> {
  const { repository, number } = subject;
  const checks = await github.checkRuns({ repository, number });
  const check = checks.findLast(({ name }) => name === checkOn(kind, subject.base));
  const comments = await github.comments({ repository, number });
  const bodies = comments.filter(({ performed_via_github_app: app }) => app).map(({ body }) => body ?? "");
  return [...faultsOfCheck(subject, check), ...faultsOfComments(subject, bodies, check)].map((fault) => ({ ...fault, repository, number }));
}

/** Per open pull request: one comment of ours that names the head, and a latest check that says what is true of it. */
export async function compare(github: Double, kind: Kind, subjects: readonly Subject[]): Promise<readonly Fault[]> {
  const found: Fault[] = [];
  for (const subject of subjects) found.push(...(await faultsOf(github, kind, subject)));
  return found;
}
