import { checkName } from "../github/checks.js";
import { text } from "../model/text.js";
import { markdown } from "../report/markdown.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { gateCheckOf } from "./gate-check.js";

/** Publishes the check's name once on the default branch: GitHub lets a check be required only after it ran. */
export async function announceCheck(known: KnownPull, dependencies: Dependencies): Promise<void> {
  const name = checkName(known.baseRef);
  const github = await dependencies.github(known.installation);
  const check = await gateCheckOf({ github, known, dependencies });
  if (check.published?.checkState === "success") return;
  await check.write({
    state: "success",
    output: {
      title: "Redline is installed",
      summary: markdown(text`This check can now be required: add ${name} to the branch's ruleset, with this App as the expected source.`),
    },
  });
}
