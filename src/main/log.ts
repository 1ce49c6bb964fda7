import { type DestinationStream, type Logger, pino } from "pino";

/** What must never be read in a log, whoever wrote it: tokens, keys, signatures, signed addresses, passwords in addresses. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:gh[a-z]|github_pat)_[\w.-]+/g, "[token]"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[jwt]"],
  [/\bsha(?:1|256)=[0-9a-f]{40,64}/gi, "[signature]"],
  [/-----BEGIN [A-Z ]+-----[^"]*?-----END [A-Z ]+-----/g, "[key]"],
  [/([?&](?:sig|signature|token|X-Amz-[\w-]+|se|sp)=)[^&"\s\\]+/gi, "$1[signed]"],
  [/(\w+:\/\/[^\s:/"@]*:)[^\s/"@]+@/g, "$1[password]@"],
  [/\b(https:\/\/(?:hooks\.slack\.com\/|discord(?:app)?\.com\/api\/webhooks\/|[\w.-]+\.webhook\.office\.com\/))[^\s"\\]+/gi, "$1[webhook]"],
  [/((?:set-)?cookie\\?":\s*\\?")[^"\\]+/gi, "$1[cookie]"],
  [/(authorization\\?":\s*\\?")[^"\\]+/gi, "$1[credentials]"],
];

/** A line of the log without its secrets. */
export const redact = (line: string): string => SECRETS.reduce((text, [secret, instead]) => text.replace(secret, instead), line);

/** Only what an error says of itself: others hang whole payloads on it. */
const describe = (error: unknown): object =>
  error instanceof Error
    ? { type: error.name, message: error.message, stack: error.stack, ...(error.cause instanceof Error && { cause: error.cause.message }) }
    : { message: String(error) };

/**
 * JSON lines, each redacted as a whole just before it is written. Standard output is written as a stream:
 * pino's own destination would block the process for good once the reader of a pipe is gone.
 */
export function createLog(level: string, destination: DestinationStream = process.stdout): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describe, error: describe },
      hooks: { streamWrite: redact },
    },
    destination,
  );
}
