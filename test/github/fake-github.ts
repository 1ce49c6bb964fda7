import type { Answer, GitHub } from "../../src/github/call.js";

/** One request as it was sent. */
export interface Sent {
  readonly route: string;
  readonly parameters: Record<string, unknown>;
}

type Reply = (parameters: Record<string, unknown>) => unknown;

/** An error as Octokit throws it. */
export class RequestError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly response: { readonly headers: Record<string, string> };

  constructor(status: number, message = "", headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.response = { headers };
  }
}

/** Answers routes as scripted and remembers what was asked; an unscripted route is a 404. */
export class FakeGitHub implements GitHub {
  readonly sent: Sent[] = [];
  private readonly replies: Readonly<Record<string, Reply>>;

  constructor(replies: Readonly<Record<string, Reply>> = {}) {
    this.replies = replies;
  }

  async request(route: string, parameters: Record<string, unknown> = {}): Promise<Answer> {
    const data = this.reply(route, parameters);
    const isAnswer = typeof data === "object" && data !== null && "headers" in data && "status" in data;
    return isAnswer ? (data as Answer) : { status: 200, headers: {}, data };
  }

  async graphql(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
    return this.reply(/^query (\w+)/.exec(query)?.[0] ?? "", variables);
  }

  private reply(route: string, parameters: Record<string, unknown>): unknown {
    this.sent.push({ route, parameters });
    const reply = this.replies[route];
    if (!reply) throw new RequestError(404, "Not Found");
    return reply(parameters);
  }
}
