import { glob, mapOf, words } from "../values.js";

export const formats = mapOf(glob, words("the id of a result format such as k6-summary", 50))
  .default({})
  .describe(
    "Result formats by file glob, for files whose content does not tell. The first glob that matches decides; one without `/` is about the bare name.",
  )
  .meta({ example: { "load-*.json": "k6-summary" } });
