/** An answer that is not 2xx, in GitHub's form. Thrown by handlers, sent by the gate. */
export class Refusal extends Error {
  constructor(status, message, errors) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  get body() {
    const documentation = "https://docs.github.com/rest";
    return {
      message: this.message,
      ...(this.errors ? { errors: this.errors } : {}),
      documentation_url: documentation,
      status: `${this.status}`,
    };
  }
}

export const notFound = () => new Refusal(404, "Not Found");

/** GitHub's 422: one message, and what was wrong with which field. */
export const unprocessable = (message, errors) => new Refusal(422, message, errors);

/** Throws 422 "Invalid request." with the given sentence when the condition does not hold, as the checks API does. */
export function demand(holds, sentence) {
  if (!holds) throw new Refusal(422, `Invalid request.\n\n${sentence}`, [sentence]);
}
