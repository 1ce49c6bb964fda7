import type { Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import { count } from "./load.js";
import { LONGEST_LINE } from "./text-blocks.js";

const AGAIN = text`produce the file again, one file for each run, and keep other output out of it`;

/** Lines of a streamed file that were not read: counted, with the first of each kind, never kept. */
export class LineFaults {
  private readonly what: string;
  private readonly broken = { times: 0, line: 0 };
  private readonly strange = { times: 0, line: 0 };
  private overlong = 0;
  private cut = false;

  /** @param what a line is, in the plural: `points`, `rows` */
  constructor(what: string) {
    this.what = what;
  }

  /** A line that should hold data and does not. */
  unreadable(line: number): void {
    if (this.broken.times++ === 0) this.broken.line = line;
  }

  /** A line of something else, such as console output. */
  foreign(line: number): void {
    if (this.strange.times++ === 0) this.strange.line = line;
  }

  tooLong = (): void => {
    this.overlong++;
  };

  /** The file ends within a line. */
  truncated(): void {
    this.cut = true;
  }

  get any(): boolean {
    return this.broken.times + this.strange.times + this.overlong > 0;
  }

  problems(): Problem[] {
    const { broken, strange, overlong, cut } = this;
    return [
      ...(cut ? [problem("truncated", text`the file ends in the middle of a line: the run is incomplete`)] : []),
      ...(broken.times > 0
        ? [problem("unreadable-lines", text`${count(broken.times)} ${[this.what]} could not be read, the first in line ${broken.line}`)]
        : []),
      ...(overlong > 0
        ? [problem("line-too-long", text`${count(overlong)} lines are longer than ${LONGEST_LINE / 1e6} MB and were not read`)]
        : []),
      ...(strange.times > 0
        ? [
            {
              ...problem("foreign-lines", text`${count(strange.times)} lines hold something else, the first is line ${strange.line}`),
              level: "warning" as const,
            },
          ]
        : []),
    ];
  }
}

const problem = (code: string, message: Problem["message"]): Problem => ({ level: "error", code, message, remedy: AGAIN });
