import { type CST, Lexer } from "yaml";
import { type Text, text } from "../model/text.js";
import { CONFIGURATION_BYTES } from "./file.js";

/** Something wrong at a place of the text. `offset` counts UTF-16 units. */
export interface Refusal {
  readonly offset: number;
  readonly message: Text;
  readonly remedy: Text;
}

/**
 * What a configuration may hold. The YAML composer recurses, and on a nearly full stack V8 aborts the whole
 * process, so that depth has to be bounded before it runs. The figures keep the worst input below 50 ms.
 */
export const limits = { bytes: CONFIGURATION_BYTES, tokens: 6000, lines: 4000, nesting: 16, escapes: 500 } as const;

const tooLarge = (message: Text): Refusal => ({ offset: 0, message, remedy: text`shorten the file` });

/** The file as a whole: size and encoding. */
export function refuseText(source: string): Refusal | undefined {
  if (source.length > limits.bytes || new TextEncoder().encode(source).length > limits.bytes)
    return tooLarge(text`the configuration is larger than 64 KB`);
  if (source.includes("\uFFFD"))
    return { offset: source.indexOf("\uFFFD"), message: text`the configuration is not valid UTF-8`, remedy: text`save the file as UTF-8` };
  if (source.split("\n").length > limits.lines) return tooLarge(text`the configuration has more than 4,000 lines`);
  return source.split("\\").length > limits.escapes ? tooLarge(text`the configuration holds more than 500 backslashes`) : undefined;
}

const features: readonly (readonly [string, Text])[] = [
  ["&", text`anchors`],
  ["*", text`aliases`],
  ["!", text`tags`],
  ["%", text`directives`],
];

/** The lexer's marks: no characters of the text. */
const SCALAR = "\u001F";
const marks = ["\u0002", "\u0018", SCALAR];

const refuseToken = (token: string, offset: number): Refusal | undefined => {
  const feature = features.find(([start]) => token.startsWith(start))?.[1];
  return feature && { offset, message: text`YAML ${feature} are not read`, remedy: text`write the value itself` };
};

/** Looks through the tokens before anything is built from them, and refuses what a configuration never needs. */
export function refuseTokens(source: string): Refusal | undefined {
  let offset = 0;
  let count = 0;
  let content = false;
  for (const token of new Lexer().lex(source)) {
    count += 1;
    if (count > limits.tokens) return tooLarge(text`the configuration holds more than 6,000 YAML tokens, about 250 endpoints`);
    const refusal = content ? undefined : refuseToken(token, offset);
    if (refusal) return refusal;
    content = token === SCALAR;
    if (!marks.includes(token)) offset += token.length;
  }
  return undefined;
}

const children = (token: CST.Token): readonly (CST.Token | null | undefined)[] => {
  if (token.type === "document") return [token.value];
  return "items" in token ? token.items.flatMap((item) => [item.key, item.value]) : [];
};

/** Refuses what is nested deeper than a configuration can be. Goes level by level, without recursion. */
export function refuseDepth(document: CST.Token): Refusal | undefined {
  let level: readonly CST.Token[] = [document];
  for (let depth = 0; depth <= limits.nesting; depth += 1) {
    level = level.flatMap(children).filter((token) => token !== null && token !== undefined);
    if (level.length === 0) return undefined;
  }
  const offset = level[0]?.offset ?? 0;
  return { offset, message: text`the configuration is nested too deeply`, remedy: text`nest at most ${limits.nesting} levels` };
}
