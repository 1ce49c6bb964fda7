/** The value as an object with unknown values, as it is; an empty one when it is anything else. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text, cut; undefined for anything else and for an empty one. */
export const nameOf = (value: unknown, longest = 500): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, longest) : undefined;

/** A JSON value; undefined for what is none. */
export function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
