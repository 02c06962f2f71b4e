/** What a request says who it is from, and what happens when that is refused. */
export interface Tokens {
  header(): Promise<Record<string, string>>;
  refused(): void;
}

const UNAUTHORIZED = 401;

/** Fetch with a token, and with another if the server answers 401. */
export function fetchWith({ header, refused }: Tokens): typeof fetch {
  const send = async (input: RequestInfo | URL, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(await header())) headers.set(name, value);
    return fetch(input, { ...init, headers });
  };
  return (async (input: RequestInfo | URL, init?: RequestInit) => {
    const response = await send(input, init);
    if (response.status !== UNAUTHORIZED) return response;
    refused();
    return send(input, init);
  }) as typeof fetch;
}
