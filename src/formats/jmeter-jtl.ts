import { FormatError, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { type CsvRecord, CsvRecords } from "./csv-records.js";
import { EndpointTallies } from "./endpoint-tallies.js";
import { Interval } from "./interval.js";
import { Columns, isHeader, type Sample } from "./jtl-columns.js";
import { Parents } from "./jtl-parents.js";
import { LineFaults } from "./line-faults.js";
import { type EndpointFigures, loadRun } from "./load-run.js";
import { RequestTally } from "./request-tally.js";
import { type Block, textBlocks } from "./text-blocks.js";

const id = "jmeter-jtl";
const title = "JMeter JTL";

/** Times are whole milliseconds. */
const RESOLUTION = 0.001;

const HEADER = /^"?timeStamp"?,/;
const UNNAMED_ROW = /^\d{13},\d{1,9},[^\n]{1,2000},(?:true|false),/;
const XML = /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?<testResults[\s>]/;
/** A block may end behind the prolog: no table has a row like it. */
const BEGINS_AS_XML = /^\s*<(?:\?xml|testResults)[\s>]/;

function recognizes(head: Uint8Array): boolean {
  const [first = "", ...others] = new TextDecoder().decode(head).split("\n");
  if (HEADER.test(first)) return isHeader(first.replaceAll('"', "").trim().split(","));
  return (UNNAMED_ROW.test(first) && first.split(",").length > 11) || XML.test([first, ...others.slice(0, 5)].join("\n"));
}

class JtlTally extends RequestTally {
  readonly interval = new Interval();

  take({ start, elapsed, succeeded }: Sample): void {
    this.add(elapsed / 1000, !succeeded);
    this.interval.add(start / 1000, (start + elapsed) / 1000);
  }
}

const figuresOf = (endpoint: string, tally: JtlTally): EndpointFigures => {
  const { seconds } = tally.interval;
  return {
    endpoint,
    requests: tally.requests,
    failed: tally.failed,
    seconds: tally.seconds(),
    successesOnly: true,
    resolution: RESOLUTION,
    ...(seconds === undefined ? {} : { perSecond: tally.requests / seconds }),
  };
};

const PLAIN = text`let JMeter name its columns: -Jjmeter.save.saveservice.print_field_names=true`;
const NAME_THEM = text`give samplers a name without ids or variables in it`;

/** Reads one table; built for a single use. */
class Table {
  readonly faults = new LineFaults("rows");
  private readonly records = new CsvRecords();
  private readonly parents = new Parents();
  private readonly labels = new EndpointTallies(() => new JtlTally());
  private readonly transactions = new JtlTally();
  private columns: Columns | undefined;

  read(block: Block): void {
    for (const record of this.records.read(block)) this.take(record, block.unfinished);
    if (block.unfinished && this.records.isOpen) this.faults.truncated();
  }

  run(): ParsedRun {
    const { faults, labels, transactions } = this;
    // With "Generate parent sample" there are rows of transactions only.
    const total = labels.total.requests === 0 ? transactions : labels.total;
    return loadRun({
      format: id,
      tool: "JMeter",
      total: { ...figuresOf("*", total), byStatus: labels.byStatus() },
      endpoints: labels.entries().map(([label, tally]) => figuresOf(label, tally)),
      problems: [...faults.problems(), ...total.interval.problems(), ...labels.problems(NAME_THEM)],
    });
  }

  private take(record: CsvRecord, unfinished: boolean): void {
    if (record.cells !== undefined && isHeader(record.cells)) this.begin(record.cells, record.line);
    else this.judge(record, unfinished);
  }

  private judge({ cells, width, line }: CsvRecord, unfinished: boolean): void {
    this.columns ??= new Columns(undefined);
    const sample = cells && this.columns.sample(cells, width);
    if (sample !== undefined) this.add(sample);
    else if (unfinished) this.faults.truncated();
    else if (this.columns.assumed) throw this.misfit(line);
    else this.faults.unreadable(line);
  }

  private begin(names: readonly string[], line: number): void {
    if (this.columns !== undefined)
      throw new FormatError(
        "several-runs",
        text`a second table begins at line ${line}`,
        text`let JMeter write a new file for each run`,
        line,
      );
    this.columns = new Columns(names);
    this.records.wanted = this.columns.wanted;
  }

  private misfit(line: number): FormatError {
    const message = text`the file does not name its columns, and line ${line} does not have the 12 of JMeter's older default`;
    return new FormatError("unnamed-columns", message, PLAIN, line);
  }

  private add(sample: Sample): void {
    if (this.parents.hasPart(sample)) return;
    if (sample.isTransaction) this.transactions.take(sample);
    else {
      this.labels.total.take(sample);
      this.labels.answered(sample.code);
    }
    if (sample.label !== "*") this.labels.of(sample.label)?.take(sample);
  }
}

const xml = (): FormatError =>
  new FormatError("xml", text`it is the XML variant, which is not read`, text`write CSV: -Jjmeter.save.saveservice.output_format=csv`);

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const table = new Table();
  for await (const block of textBlocks(chunks, table.faults.tooLong)) {
    if (BEGINS_AS_XML.test(block.text)) throw xml();
    table.read(block);
  }
  return table.run();
}

export const jmeterJtl: ResultFormat = { id, title, streams: true, recognizes, parse };
