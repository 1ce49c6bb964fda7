import { FormatError } from "../model/measurement.js";
import { text } from "../model/text.js";

/** What is said of a packed result file that cannot be unpacked to its end. */
export const damagedGzip = (): FormatError =>
  new FormatError("truncated", text`the gzip data is cut or damaged`, text`produce the file again, and give it as the tool wrote it`);
