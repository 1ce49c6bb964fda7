import { isOnlyDocumentation } from "../evidence/path-kinds.js";
import { join, type Text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { answered, type ChecklistGroup, shownChecklist } from "./checklist.js";
import { compared, configuration, notes } from "./compared.js";
import { headline, headlineAnchor, mood, moodMarks } from "./headline.js";
import { type Anchor, fitting, type KeptSection, keep, leftOut, rowsOf, type Section } from "./section.js";
import { sections } from "./sections.js";
import { renderTemplate, type TemplateName } from "./templates.js";

const guide = (docsUrl: string | undefined, anchor: Anchor | null | undefined): Text =>
  docsUrl === undefined || !anchor ? [] : [" · ", { label: "what to do", url: `${docsUrl}/blocked.md#${anchor}` }];

const shown = (section: KeptSection, docsUrl: string | undefined) => ({
  title: section.title,
  guide: guide(docsUrl, section.anchor),
  table: section.header.length > 0,
  code: section.code === true,
  header: section.header,
  rows: section.code ? section.rows.map(([sentence = [], ...lines]) => ({ sentence, lines })) : section.rows,
  leftOut: leftOut(section),
  closing: section.closing ?? null,
});

const marked = (group: ChecklistGroup) => ({ ...group, item: [group.basis === null ? group.item : `${group.item} ${group.basis}`] });

/** The commits, and everything else that was compared. */
const twoLines = ([commits = [], ...evidence]: readonly Text[]): readonly Text[] => [commits, join(evidence, " ")];

/** A change of documentation alone, with nothing to say about it: one line is enough. */
const isQuiet = (review: Review, kept: readonly KeptSection[]): boolean =>
  mood(review.verdict) === "open" && isOnlyDocumentation(review.snapshot.files) && kept.every(({ folded }) => folded);

/** What the templates show: texts, lists and booleans, nothing that could be markup. */
function page(review: Review, kept: readonly KeptSection[], docsUrl: string | undefined) {
  const checklist = shownChecklist(review.checklist);
  return {
    mark: [`${moodMarks[mood(review.verdict)]} `],
    headline: headline(review.verdict),
    guide: guide(docsUrl, headlineAnchor(review)),
    compared: isQuiet(review, kept) ? [] : twoLines(compared(review)),
    notes: notes(review),
    open: kept.filter((section) => !section.folded).map((section) => shown(section, docsUrl)),
    urgent: checklist.urgent.map(marked),
    answered: answered(review.checklist),
    checklistTitle: checklist.title,
    checklist: checklist.rest.map(marked),
    folded: kept.filter((section) => section.folded).map((section) => shown(section, docsUrl)),
    configuration: configuration(review),
  };
}

interface Form {
  readonly template: TemplateName;
  readonly docsUrl?: string | undefined;
  /** Which sections this template shows; rows of others take no room. */
  readonly shows: (section: Section) => boolean;
  readonly fits: (rendered: string) => boolean;
}

/** Renders a review as Markdown with as many rows as fit, the most important ones first. */
export function renderPage(review: Review, { template, docsUrl, shows, fits }: Form): string {
  const all = sections(review).filter(shows);
  return fitting(rowsOf(all), (count) => renderTemplate(template, page(review, keep(all, count), docsUrl)), fits);
}
