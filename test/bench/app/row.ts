/** One line of the table: what was wanted, and what came. */
export interface AppRow extends Record<string, string> {
  readonly figure: string;
  readonly wanted: string;
  readonly measured: string;
}

export const row = (figure: string, wanted: string, measured: string, met: boolean | null): AppRow => ({
  figure,
  wanted,
  measured,
  met: met === null ? "" : met ? "yes" : "no",
});

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
