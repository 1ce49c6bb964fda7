import { checkName, createCheck } from "../github/checks.js";
import { text } from "../model/text.js";
import { markdown } from "../report/markdown.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { digest } from "./gate-check.js";

/** Publishes the check's name once on the default branch: GitHub lets a check be required only after it ran. */
export async function announceCheck(known: KnownPull, dependencies: Dependencies): Promise<void> {
  const { publications } = dependencies.store;
  const { baseRef, headSha } = known;
  const name = checkName(baseRef);
  if (await publications.get(known, headSha, name)) return;
  const github = await dependencies.github(known.installation);
  const checkRunId = await createCheck(github, known, {
    name,
    headSha,
    externalId: digest([known.installation, known.repository, headSha]).slice(0, 32),
    state: "success",
    output: {
      title: "Redline is installed",
      summary: markdown(text`This check can now be required: add ${name} to the branch's ruleset, with this App as the expected source.`),
    },
  });
  const written = { checkRunId, checkState: "success", checkDigest: null, annotationsDigest: null, since: dependencies.now() };
  await publications.save(known, headSha, name, written);
}
