import { GitHubError } from "../github/errors.js";
import { type Text, text } from "../model/text.js";

/** What a person can do about a request of `--pull` that failed; null for any other error. */
export function githubSentence(error: unknown): Text | null {
  if (!(error instanceof GitHubError)) return null;
  const { failure } = error;
  switch (failure.kind) {
    case "permission":
      return failure.sentence;
    case "credentials":
      return text`GitHub does not accept the token; set GITHUB_TOKEN to one that may read the repository`;
    case "not-found":
      return text`GitHub found nothing for this token (${error.route}); check the name and what the token may read`;
    case "rate-limited":
      return text`GitHub limits the requests of this token; try again in ${Math.ceil(failure.retryAfterMs / 1000)} s`;
    case "ambiguous":
      return text`GitHub could not be reached or gave no answer (${error.message}); check the network and GITHUB_API_URL`;
    default:
      return text`GitHub gave an unexpected answer: ${error.message}`;
  }
}
