import { type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { annotatedFindings, levels, renderCheck } from "./check.js";
import { headline, mood } from "./headline.js";
import { plainly } from "./plain.js";

export interface WorkflowOutput {
  /** Workflow commands for the standard output, one a line. */
  readonly annotations: string;
  /** Markdown for the file named by GITHUB_STEP_SUMMARY. */
  readonly summary: string;
}

const commands = { failure: "error", warning: "warning", notice: "notice" } as const;

type Command = (typeof commands)[keyof typeof commands];

// The escapes of actions/toolkit, packages/core/src/command.ts: escapeData and escapeProperty.
const data = (value: string): string => value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (value: string): string => data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");

const command = (name: Command, properties: Readonly<Record<string, string>>, message: Text): string => {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${name} ${given.join(",")}::${data(plainly(message))}`;
};

const verdictCommand = ({ verdict }: Review): string => {
  const level = { open: "notice", warned: "warning", waiting: "warning", closed: "error" } as const;
  return command(level[mood(verdict)], { title: "Redline" }, headline(verdict));
};

const findingCommands = (review: Review): readonly string[] =>
  annotatedFindings(review.findings).map(({ at, severity, rule, message, help }) =>
    command(
      commands[levels[severity]],
      { file: at.path, line: String(at.line), endLine: String(at.endLine ?? at.line), title: plainly(text`${rule}`) },
      help.length === 0 ? message : [...message, "\n", ...help],
    ),
  );

/** What of a changed file could not be looked at, at its line; problems of other inputs stand in the summary. */
const problemCommands = ({ problems }: Review): readonly string[] =>
  problems.flatMap(({ level, code, message, file, line }) =>
    file === undefined || line === undefined ? [] : [command(level, { file, line: String(line), title: code }, message)],
  );

/**
 * The review for a job of GitHub Actions without the App. The runner shows ten annotations of a level
 * and step, so the worst come first.
 */
export function renderWorkflow(review: Review, options: { readonly docsUrl?: string } = {}): WorkflowOutput {
  const { summary, text: details } = renderCheck(review, options);
  const lines = [verdictCommand(review), ...findingCommands(review), ...problemCommands(review)];
  return { annotations: lines.map((line) => `${line}\n`).join(""), summary: `${summary}\n\n${details}\n` };
}
