import type { Language } from "../../model/source.js";
import { cSharp } from "./c-sharp.js";
import { go } from "./go.js";
import { java } from "./java.js";
import { php } from "./php.js";
import { python } from "./python.js";
import { ruby } from "./ruby.js";
import { script } from "./script.js";
import type { LanguageTable } from "./table.js";

/** The languages whose code is read for facts. */
export const languageTables: Readonly<Partial<Record<Language, LanguageTable>>> = {
  typescript: script,
  tsx: script,
  javascript: script,
  python,
  go,
  java,
  ruby,
  "c-sharp": cSharp,
  php,
};
