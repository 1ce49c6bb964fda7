import { createPrivateKey } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** What is wrong with a setting, as one line that says what to do. */
export type Problem = { readonly problem: string };

const isKey = (pem: string): boolean => {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
};

const DOWNLOAD = "generate one in the App's settings under Private keys";

/** The key's PEM from a variable: as it is, with `\n` for line breaks, or in base64. */
export function keyFromText(value: string): string | Problem {
  const text = value.replaceAll("\\n", "\n").trim();
  const pem = text.startsWith("-----BEGIN") ? text : Buffer.from(text, "base64").toString("utf8").trim();
  return isKey(pem) ? pem : { problem: `PRIVATE_KEY is not a private key in PEM form: ${DOWNLOAD}` };
}

/** The key's PEM from a file that nobody else on the machine can read. */
export function keyFromFile(path: string): string | Problem {
  try {
    if ((statSync(path).mode & 0o007) !== 0) return { problem: `PRIVATE_KEY_PATH: everybody can read ${path}; run chmod 600 ${path}` };
    const pem = readFileSync(path, "utf8");
    return isKey(pem) ? pem : { problem: `PRIVATE_KEY_PATH: ${path} is not a private key in PEM form; ${DOWNLOAD}` };
  } catch (error) {
    return { problem: `PRIVATE_KEY_PATH: ${path} cannot be read (${error instanceof Error ? error.message : String(error)})` };
  }
}
