import { checkName, createCheck } from "../github/checks.js";
import { readDefaultBranch } from "../github/repository.js";
import { text } from "../model/text.js";
import { markdown } from "../report/markdown.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { digest } from "./gate-check.js";

/** Publishes the check's name once on the default branch: GitHub lets a check be required only after it ran. */
export async function announceCheck(known: KnownPull, dependencies: Dependencies): Promise<null> {
  const { publications } = dependencies.store;
  const github = await dependencies.github(known.installation);
  const { ref, sha } = await readDefaultBranch(github, known);
  const name = checkName(ref);
  if (await publications.get(known, sha, name)) return null;
  const checkRunId = await createCheck(github, known, {
    name,
    headSha: sha,
    externalId: digest([known.installation, known.repository, sha]).slice(0, 32),
    state: "success",
    output: {
      title: "Redline is installed",
      summary: markdown(text`This check can now be required: add ${name} to the branch's ruleset, with this App as the expected source.`),
    },
  });
  const written = { checkRunId, checkState: "success", checkDigest: null, annotationsDigest: null, since: dependencies.now() };
  await publications.save(known, sha, name, written);
  return null;
}
