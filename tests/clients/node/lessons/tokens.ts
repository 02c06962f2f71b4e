export interface Tokens {
  header(): Promise<Record<string, string>>;
  refused(): void;
}

/** Keep the token that `issue` gives until the server refuses it, then ask for another. */
export function tokens(issue: () => Promise<string>): Tokens {
  let kept: Promise<string> | undefined;
  const refused = () => { kept = undefined; };
  const issued = () => issue().catch((error: unknown) => { refused(); throw error; });
  return { header: async () => ({ Authorization: await (kept ??= issued()) }), refused };
}

/** Fetch with a token, and with another if the server answers 401. */
export function fetchWith({ header, refused }: Tokens): typeof fetch {
  const send: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(await header())) headers.set(name, value);
    return fetch(input, { ...init, headers });
  };
  return async (input, init) => {
    const response = await send(input, init);
    if (response.status !== 401) return response;
    refused();
    return send(input, init);
  };
}
