import { type Better, DEFAULTS } from "../statistics/judge.js";
import type { ModeAInput } from "../statistics/mode-a.js";
import type { ModeBInput } from "../statistics/mode-b.js";

export type JudgeRequest = ({ readonly mode: "A" } & ModeAInput) | ({ readonly mode: "B" } & ModeBInput);

/** What is wrong with a request, in words that quote nothing of it. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

const field = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

const isMeasured = (value: unknown): value is number => typeof value === "number" && value > 0 && Number.isFinite(value);

function values(value: unknown, name: string): readonly number[] {
  if (!Array.isArray(value)) throw new RequestError(`${name} must be an array of numbers`);
  if (value.length === 0) throw new RequestError(`${name} is empty`);
  const numbers = value.filter(isMeasured);
  if (numbers.length < value.length) throw new RequestError(`${name} must hold finite numbers above 0 and nothing else`);
  return numbers;
}

function processes(value: unknown, name: string): readonly (readonly number[])[] {
  if (!Array.isArray(value)) throw new RequestError(`${name} must be an array of processes, each an array of rounds`);
  if (value.length === 0) throw new RequestError(`${name} is empty`);
  return value.map((rounds, index) => values(rounds, `process ${index + 1} of ${name}`));
}

/** An optional number from `least` to below `limit`. */
function ratio(fields: Fields, name: keyof typeof DEFAULTS, limit: number): number {
  const value = field(fields, name) ?? DEFAULTS[name];
  if (typeof value !== "number" || !(value >= 0 && value < limit)) throw new RequestError(`${name} must be from 0 to below ${limit}`);
  return value;
}

function better(fields: Fields): Better {
  const value = field(fields, "better");
  if (value !== "lower" && value !== "higher") throw new RequestError('better must be "lower" or "higher"');
  return value;
}

function statistic(fields: Fields): "min" | "p25" {
  const value = field(fields, "statistic") ?? "min";
  if (value !== "min" && value !== "p25") throw new RequestError('statistic must be "min" or "p25"');
  return value;
}

const MOST_EFFECT = 1000;

/** The request in a line's JSON. @throws RequestError */
export function readRequest(fields: Fields): JudgeRequest {
  if (typeof field(fields, "id") !== "string") throw new RequestError("id must be a string");
  const mode = field(fields, "mode");
  if (mode !== "A" && mode !== "B") throw new RequestError('mode must be "A" or "B"');
  const shared = {
    better: better(fields),
    minEffect: ratio(fields, "minEffect", MOST_EFFECT),
    blockEffect: ratio(fields, "blockEffect", MOST_EFFECT),
  };
  const [head, location, alpha] = [field(fields, "head"), statistic(fields), ratio(fields, "alpha", 1)];
  if (mode === "B") return { mode, ...shared, history: values(field(fields, "history"), "history"), head: values(head, "head") };
  const sides = { base: processes(field(fields, "base"), "base"), head: processes(head, "head") };
  return { mode, ...shared, ...sides, alpha, statistic: location };
}
