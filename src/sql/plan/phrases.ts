import type { RelationName } from "../../model/catalogue.js";
import type { PlanNode, TableSize } from "../../model/plan.js";
import { join, type Text, text } from "../../model/text.js";
import type { CostChange } from "./costs.js";

/** A cost or a count of rows, short enough to be read: `8.44`, `250,000`. */
export function planFigure(value: number): Text {
  const digits = value < 10 && !Number.isInteger(value) ? 2 : 0;
  return [value.toLocaleString("en-US", { maximumFractionDigits: digits })];
}

/** `1.4 ×`, `29,000 ×`: two significant digits. */
export const ratioText = (ratio: number): Text => [`${ratio.toLocaleString("en-US", { maximumSignificantDigits: 2 })} ×`];

export const relationText = ({ schema, name }: RelationName): Text => text`${schema === "public" ? name : `${schema}.${name}`}`;

/** `cost 8.44 → 250,000 (29,000 ×)`. */
export function costText({ before, after, ratio, belowLimit }: CostChange): Text {
  const where = belowLimit ? ["below LIMIT "] : [];
  return text`cost ${where}${planFigure(before)} → ${planFigure(after)} (${ratioText(ratio)})`;
}

/** `Seq Scan on orders`, `Index Scan using orders_pkey on orders`. */
export function nodeText({ type, index, relation }: PlanNode): Text {
  const using = index === null ? [] : relation ? text` using ${index}` : text` on ${index}`;
  return text`${[type]}${using}${relation ? text` on ${relationText(relation)}` : []}`;
}

/** `orders 10,000,000 rows (assumed)`. */
export function sizesText(tables: readonly TableSize[]): Text {
  return join(
    tables.map(({ relation, rows, source }) => text`${relationText(relation)} ${planFigure(rows)} rows (${[source]})`),
    ", ",
  );
}
