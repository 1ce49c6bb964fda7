/** Nothing failed: GitHub's answers cannot be relied on before this time, and then the work starts over. */
export class NotYetError extends Error {
  override readonly name = "NotYetError";
  readonly at: Date;

  constructor(at: Date) {
    super(`not before ${at.toISOString()}`);
    this.at = at;
  }
}
