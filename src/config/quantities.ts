/** What a value of the configuration measures. A share is 0..1 and written as a percentage. */
export type QuantityKind = "duration" | "rate" | "share" | "size";

/** Why a value is no quantity, and what to write instead; both are our own words. */
export interface Refused {
  readonly why: string;
  readonly write: string;
}

interface Definition {
  /** Factors to SI: s, 1/s, 1, B. Prefixes of bytes are decimal, `KiB` and its like binary. */
  readonly units: Readonly<Record<string, number>>;
  readonly name: string;
  readonly unit: string;
  readonly examples: readonly [string, string];
}

const SECOND = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };
const PER_SECOND = { rps: 1, "/s": 1, "req/s": 1, "1/s": 1, rpm: 1 / 60, "/m": 1 / 60, "/min": 1 / 60 };
const BYTE = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

const definitions: Readonly<Record<QuantityKind, Definition>> = {
  duration: { units: SECOND, name: "a duration", unit: "ms", examples: ["200ms", "1.5s"] },
  rate: { units: PER_SECOND, name: "a rate", unit: "rps", examples: ["1000rps", "1000/s"] },
  share: { units: { "%": 0.01 }, name: "a share", unit: "%", examples: ["10%", "0.5%"] },
  size: { units: BYTE, name: "a size", unit: "MB", examples: ["512MB", "2GiB"] },
};

/** At most 12 digits before and 9 after the point, no exponent, no sign: nothing overflows and nothing is negative. */
const QUANTITY = /^(\d{1,12}(?:\.\d{1,9})?) ?([%/1A-Za-zµ]{1,5}\/?[a-z]{0,3})$/u;

const refused = (kind: QuantityKind, raw: unknown): Refused => {
  const { name, unit, examples } = definitions[kind];
  const bare = typeof raw === "number" ? raw : Number.NaN;
  if (bare >= 0 && bare < 1e12) return { why: "is a number without a unit", write: `write ${bare}${unit}` };
  return { why: `is not ${name}`, write: `write ${name} such as ${examples[0]} or ${examples[1]}` };
};

/** 95 × 0.01 is 0.95, not 0.9500000000000001. */
const shortest = (value: number): number => Number(value.toPrecision(15));

/**
 * Reads `200ms`, `1.5s`, `1000rps`, `1000/s`, `10%`, `512MB` into SI units (s, 1/s, 0..1, B). A share
 * may also be a plain number below 1, as in `error_rate_max: 0.01`; anything else without a unit is refused.
 */
export function readQuantity(kind: QuantityKind, raw: unknown): number | Refused {
  if (kind === "share" && typeof raw === "number" && raw >= 0 && raw < 1) return raw;
  const [, digits, unit] = (typeof raw === "string" && QUANTITY.exec(raw)) || [];
  const { units } = definitions[kind];
  if (digits === undefined || unit === undefined || !Object.hasOwn(units, unit)) return refused(kind, raw);
  return shortest(Number(digits) * (units[unit] ?? Number.NaN));
}

/** How a quantity is written, for editors and documentation. */
export function quantityForm(kind: QuantityKind): { readonly name: string; readonly pattern: string } {
  const { name, units } = definitions[kind];
  const escaped = Object.keys(units).map((unit) => unit.replace("/", "\\/"));
  return { name: name.replace("a ", ""), pattern: `^\\d{1,12}(\\.\\d{1,9})? ?(${escaped.join("|")})$` };
}

const rounded = (value: number): string => String(Number(value.toPrecision(6)));

const spans: readonly (readonly [number, string])[] = [
  [86_400, "days"],
  [3600, "hours"],
  [60, "minutes"],
];

/** Seconds as people say them: `100 ms`, `1.5 s`, `60 minutes`. */
export function sayDuration(seconds: number): string {
  const [size, name] = spans.find(([span]) => seconds >= 2 * span && seconds % span === 0) ?? [];
  if (size !== undefined) return `${seconds / size} ${name}`;
  return seconds >= 1 ? `${rounded(seconds)} s` : `${rounded(seconds * 1000)} ms`;
}

/** 0.05 as `5 %`. */
export function sayShare(share: number): string {
  return `${rounded(share * 100)} %`;
}
