import { glob, mapOf, words } from "../values.js";

export const formats = mapOf(glob, words("the id of a result format such as k6-summary", 50))
  .default({})
  .describe("Result formats by file name. Checked and kept, without effect yet: a file's content decides.")
  .meta({ example: { "load-*.json": "k6-summary" } });
