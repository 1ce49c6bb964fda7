import { PlannerProcess } from "./process.js";

export interface ProcessLimits {
  readonly rssMb: number;
  readonly onStopped: (why: string) => void;
}

/** The processes of one session, and what they cost. */
export class Processes {
  readonly work = { filesRun: 0, kills: 0 };
  private readonly all: PlannerProcess[] = [];
  private readonly limits: ProcessLimits;
  private readonly onClosed: (closed: Processes) => void;
  private closed = false;

  constructor(limits: ProcessLimits, onClosed: (closed: Processes) => void) {
    this.limits = limits;
    this.onClosed = onClosed;
  }

  create(): PlannerProcess {
    const process = new PlannerProcess(this.limits.rssMb, (why) => {
      this.work.kills += 1;
      this.limits.onStopped(why);
    });
    this.all.push(process);
    if (this.closed) process.close();
    return process;
  }

  /** Kills them; none starts again. */
  close(): void {
    this.closed = true;
    for (const process of this.all) process.close();
    this.onClosed(this);
  }
}
