/** Why a request is turned away. `reason` is ours and says nothing of what was sent. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly reason: string;
  /** The rest of the request is not read: the connection ends with the answer. */
  readonly close: boolean;

  constructor(status: number, reason: string, close = false) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.close = close;
  }
}
