import { at, type GitHub, type RepositoryName, send } from "./call.js";
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
