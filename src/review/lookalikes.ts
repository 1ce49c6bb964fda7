/** Letters of other scripts, and digits, that look like a Latin letter (Unicode TR 39: confusables, those in common fonts). */
const TWINS: Readonly<Record<string, string>> = {
  ...{
    а: "a",
    е: "e",
    о: "o",
    р: "p",
    с: "c",
    у: "y",
    х: "x",
    і: "i",
    ј: "j",
    ѕ: "s",
    ԁ: "d",
    һ: "h",
    к: "k",
    м: "m",
    т: "t",
    в: "b",
    н: "h",
  },
  ...{ α: "a", ε: "e", ο: "o", ρ: "p", ν: "v", υ: "u", ι: "i", κ: "k", τ: "t", χ: "x" },
  ...{ ı: "i", ɩ: "i", ⅼ: "l", "1": "l", "0": "o", ɡ: "g", ſ: "s" },
};

/** What the eye makes of a name: without case, marks, signs and spaces. */
const skeleton = (name: string): string =>
  [...name.normalize("NFKD").toLowerCase()]
    .map((letter) => TWINS[letter] ?? letter)
    .filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    .join("");

/** Labels that somebody may take for this one; GitHub allows no two that differ in case only. */
export const lookalikes = (label: string, others: readonly string[]): readonly string[] =>
  others.filter((name) => name !== label && skeleton(name) === skeleton(label));
