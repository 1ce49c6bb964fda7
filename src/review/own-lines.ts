import type { OwnLine } from "../config/config.js";
import type { CollectedEvidence } from "../model/evidence.js";
import { type Text, text } from "../model/text.js";
import type { ChecklistLine } from "../model/verdict.js";
import { matching } from "./concerns.js";
import { named } from "./examine-sources.js";

const asked = ({ help }: OwnLine, paths: readonly string[]): Text =>
  text`a person has to look at ${named(paths)}${help === undefined ? [] : text`: ${help}`}`;

/** The team's own lines that this change concerns, with their definition; no machine answers them. */
export function ownLines(
  definitions: readonly OwnLine[],
  { changes }: CollectedEvidence,
): readonly { readonly line: ChecklistLine; readonly definition: OwnLine }[] {
  if (changes.status === "absent") return [];
  return definitions.flatMap((definition) => {
    const files = matching(definition, changes.value.files);
    if (files.length === 0) return [];
    const { item, text: shown, required } = definition;
    const reason = asked(
      definition,
      files.map(({ path }) => path),
    );
    const line: ChecklistLine = {
      item,
      text: shown,
      gate: false,
      outcome: { status: "not-checked", reason },
      ...(required && { required }),
    };
    return [{ line, definition }];
  });
}
