import type { FileFacts } from "../../model/source.js";

/** A question about a whole file, answered once: rules ask it for each of its calls. */
export function perFile<T>(answer: (file: FileFacts) => T): (file: FileFacts) => T {
  const known = new WeakMap<FileFacts, { readonly value: T }>();
  return (file) => {
    const before = known.get(file);
    if (before) return before.value;
    const value = answer(file);
    known.set(file, { value });
    return value;
  };
}
