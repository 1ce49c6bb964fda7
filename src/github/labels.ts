import { z } from "zod";
import { at, call, type GitHub, type RepositoryName, send } from "./call.js";
import { failedAs } from "./errors.js";

/** Takes a label off a pull request; one that is not there is fine. */
export async function removeLabel(github: GitHub, repository: RepositoryName, number: number, label: string): Promise<void> {
  try {
    const parameters = { ...at(repository), issue_number: number, name: label };
    await send(github, "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", parameters);
  } catch (error) {
    if (!failedAs(error, "not-found")) throw error;
  }
}

const issueEvent = z.looseObject({
  event: z.string(),
  created_at: z.string(),
  actor: z.object({ id: z.number() }).nullish(),
  label: z.object({ name: z.string() }).nullish(),
  performed_via_github_app: z.object({ id: z.number() }).nullish(),
});

/** A label put on, as GitHub's list of events tells it: without its id, and with the name that it had. */
export interface ListedLabelling {
  readonly label: string;
  readonly actorId: number | null;
  readonly at: string;
  /** An App acted in the person's name. */
  readonly viaApp: boolean;
}

/** Page size, and pages of events that are looked through. GitHub lists the oldest first. */
const PAGE = 100;
const PAGES = 10;

/** Labels put on a pull request, oldest first, among its first 1,000 events. @throws GitHubError */
export async function listLabellings(github: GitHub, repository: RepositoryName, number: number): Promise<readonly ListedLabelling[]> {
  const found: ListedLabelling[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const parameters = { ...at(repository), issue_number: number, per_page: PAGE, page };
    const listed = await call(github, "GET /repos/{owner}/{repo}/issues/{issue_number}/events", parameters, z.array(issueEvent));
    for (const { event, label, actor, created_at, performed_via_github_app: app } of listed)
      if (event === "labeled" && label) found.push({ label: label.name, actorId: actor?.id ?? null, at: created_at, viaApp: app != null });
    if (listed.length < PAGE) break;
  }
  return found;
}
