import { z } from "zod";
import { longest } from "./glob.js";
import { type QuantityKind, quantityForm, readQuantity } from "./quantities.js";

// The message of every issue here is what to write instead, in our own words: problems.ts relies on it.

/** A mapping whose keys are all known. An unknown key is answered with the known ones. */
export const section = <S extends z.core.$ZodLooseShape>(shape: S) => {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? keys : `write keys below it: ${keys}`) });
};

const LONGEST_LIST = 200;

export const listOf = <T extends z.ZodType>(item: T) =>
  z.array(item, { error: "write a list" }).max(LONGEST_LIST, { error: `write at most ${LONGEST_LIST} entries` });

/** A mapping whose keys are the repository's own. */
export const mapOf = <T extends z.ZodType>(key: z.ZodString, value: T) =>
  z.record(key, value, { error: "write keys and values below it, or remove the key" });

export const flag = z.boolean({ error: "write true or false" });

export const whole = (min: number, max: number) => {
  const error = `write a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

export const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `write one of ${values.join(", ")}` });

/** Control characters, line separators and marks that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** Printable text. `wanted` completes the sentence "write …". */
export const words = (wanted: string, most = 200, form?: RegExp) => {
  const error = `write ${wanted}`;
  const printable = z
    .string({ error })
    .min(1, { error })
    .max(most, { error })
    .refine((value) => !UNPRINTABLE.test(value), { error });
  return form ? printable.regex(form, { error }) : printable;
};

export const glob = words(`a glob of at most ${longest.pattern} characters, in quotes`, longest.pattern);

interface Bounds {
  /** Zero is a mistake: nothing takes no time. */
  readonly positive?: boolean;
  /** Largest value in SI units, with the words for it. */
  readonly most?: readonly [number, string];
}

const outside = (value: number, { positive, most }: Bounds) => {
  if (positive && value === 0) return { why: "is zero", write: "write more than zero" };
  return most && value > most[0] ? { why: "is too much", write: `write at most ${most[1]}` } : undefined;
};

const quantityUnits = [
  ["duration", "s"],
  ["size", "B"],
  ["rate", "1/s"],
] as const;

/** A quantity in SI units, together with what the file says. */
export const quantityAsWritten = (kind: QuantityKind, bounds: Bounds = {}) => {
  const { name, pattern } = quantityForm(kind);
  const written =
    kind === "share"
      ? {
          anyOf: [
            { type: "string", pattern },
            { type: "number", minimum: 0, exclusiveMaximum: 1 },
          ],
        }
      : { type: "string", pattern };
  return z
    .unknown()
    .transform((raw, context) => {
      const value = readQuantity(kind, raw);
      const refused = typeof value === "number" ? outside(value, bounds) : value;
      if (typeof value === "number" && refused === undefined) return { value, text: String(raw) };
      context.issues.push({ code: "custom", input: raw, message: refused?.write ?? "", params: { why: refused?.why } });
      return z.NEVER;
    })
    .meta({ ...written, title: name });
};

/** A quantity in SI units. */
export const quantity = (kind: QuantityKind, bounds: Bounds = {}) => quantityAsWritten(kind, bounds).transform(({ value }) => value);

/** A quantity of any kind, in SI units: a duration, size or rate by its unit, a plain number otherwise. */
export const anyQuantity = z
  .unknown()
  .transform((raw, context) => {
    if (typeof raw === "number" && raw >= 0 && Number.isFinite(raw)) return { value: raw, unit: "1" as const, text: String(raw) };
    for (const [kind, unit] of quantityUnits) {
      const value = readQuantity(kind, raw);
      if (typeof value === "number" && value > 0) return { value, unit, text: String(raw) };
    }
    const params = { why: "is no limit" };
    context.issues.push({ code: "custom", input: raw, message: "write a limit such as 10ms, 2MB, 1000/s or 120", params });
    return z.NEVER;
  })
  .meta({ title: "duration, size, rate or number" });
