import { mayRead } from "../http/access.mjs";
import { blobsIn } from "./blobs.mjs";
import { repositoryOf } from "./errors.mjs";
import { answerFacts } from "./pull-request-facts.mjs";

/** The reply to the query PullRequestChange: the facts, and beside them what Blobs answers. */
export function answerChange(request) {
  const answer = answerFacts(request);
  const repository = repositoryOf(request);
  if (!answer.data.repository || !mayRead(request.caller, repository, "contents")) return answer;
  return { ...answer, data: { repository: { ...answer.data.repository, ...blobsIn(repository, request.variables) } } };
}
