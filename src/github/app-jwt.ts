import githubAppJwt from "universal-github-app-jwt";

/** How far back the JWT's time of issue lies, in seconds, for clocks that are a little ahead (GitHub docs: generating a JWT). */
const MARGIN = 60;

/** The library takes half of it off by itself. */
const OWN_MARGIN = 30;

/** A smaller difference of clocks is covered by the margin, in milliseconds. */
const TOLERANCE_MS = 10_000;

export interface AppJwtOptions {
  readonly appId: number;
  readonly privateKey: string;
  /** The machine's clock, in milliseconds. */
  now(): number;
}

const isJwt = (headers: Headers): boolean => /^bearer ey[^.]*\.[^.]*\./i.test(headers.get("authorization") ?? "");

/**
 * Signs what the App sends in its own name. Octokit's own token is replaced, because its time of issue is the machine's:
 * once GitHub refuses one, GitHub's clock is kept to, and the request is sent once more.
 */
export function createAppJwt({ appId, privateKey, now }: AppJwtOptions): { signing(send: typeof fetch): typeof fetch } {
  let skewMs = 0;
  const authorization = async (): Promise<string> => {
    const seconds = Math.floor((now() + skewMs) / 1000);
    const { token } = await githubAppJwt({ id: appId, privateKey, now: seconds - MARGIN + OWN_MARGIN });
    return `bearer ${token}`;
  };
  const learned = (answer: Response): boolean => {
    const theirs = Date.parse(answer.headers.get("date") ?? "");
    const difference = theirs - (now() + skewMs);
    if (answer.status !== 401 || !Number.isFinite(difference) || Math.abs(difference) < TOLERANCE_MS) return false;
    skewMs += difference;
    return true;
  };
  return {
    signing: (send) => async (input, init) => {
      const headers = new Headers(init?.headers);
      if (!isJwt(headers)) return send(input, init);
      headers.set("authorization", await authorization());
      const answer = await send(input, { ...init, headers });
      if (!learned(answer)) return answer;
      headers.set("authorization", await authorization());
      return send(input, { ...init, headers });
    },
  };
}
