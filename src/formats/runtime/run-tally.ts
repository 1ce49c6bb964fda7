import type { CodeLocation, EntryRun, StatementCount } from "../../model/runtime.js";

/** What is told of statements with one fingerprint at once. */
export interface Told {
  readonly count: number;
  readonly failed: number;
  readonly rows?: number;
  readonly code?: CodeLocation;
}

interface Count {
  count: number;
  failed: number;
  rows: number | undefined;
  code: CodeLocation | undefined;
}

/** Counts what one run of an entry sent. */
export class RunTally {
  private readonly statements = new Map<string, Count>();
  private readonly systems = new Map<string, number>();
  private readonly targets = new Map<string, number>();
  noise = 0;
  spans = 0;
  connections = 0;
  scale: number | undefined;
  measured = false;

  add(fingerprint: string, { count, failed, rows, code }: Told): void {
    const known = this.statements.get(fingerprint);
    if (!known) this.statements.set(fingerprint, { count, failed, rows, code });
    else {
      known.count += count;
      known.failed += failed;
      known.rows = known.rows === undefined || rows === undefined ? undefined : known.rows + rows;
    }
  }

  otherSystem(system: string): void {
    this.systems.set(system, (this.systems.get(system) ?? 0) + 1);
  }

  call(target: string): void {
    this.targets.set(target, (this.targets.get(target) ?? 0) + 1);
  }

  /** @param under for each fingerprint, the span above all of its statements, where one is known */
  run(under: (fingerprint: string) => string | undefined = () => undefined): EntryRun {
    const { noise, spans, connections, scale, measured } = this;
    return {
      statements: [...this.statements].map(([fingerprint, count]) => countOf(fingerprint, count, under(fingerprint))),
      noise,
      otherSystems: [...this.systems].map(([system, count]) => ({ system, count })),
      calls: [...this.targets].map(([target, count]) => ({ target, count })),
      spans,
      connections,
      ...(scale !== undefined && { scale }),
      ...(measured && { measured: true }),
    };
  }
}

const countOf = (fingerprint: string, { count, failed, rows, code }: Count, under: string | undefined): StatementCount => ({
  fingerprint,
  count,
  failed,
  ...(rows !== undefined && { rows }),
  ...(under !== undefined && { under }),
  ...(code && { code }),
});
