/** What a request says who it is from, and what happens when that is refused. */
export type Header = Readonly<Record<string, string>>;

export interface Tokens {
  header(): Promise<Header>;
  /** The server refused what *header* gave; by now there may be another. */
  refused(header: Header): void;
}

const UNAUTHORIZED = 401;

/** Fetch with a token, and with another if the server answers 401. */
export function fetchWith(tokens: Tokens): typeof fetch {
  const send = async (input: RequestInfo | URL, init: RequestInit | undefined, header: Header) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(header)) headers.set(name, value);
    return fetch(input, { ...init, headers });
  };
  return (async (input: RequestInfo | URL, init?: RequestInit) => {
    const header = await tokens.header();
    const response = await send(input, init, header);
    if (response.status !== UNAUTHORIZED) return response;
    tokens.refused(header);
    return send(input, init, await tokens.header());
  }) as typeof fetch;
}
