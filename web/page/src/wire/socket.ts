/** The page's one socket: graphql-ws, which connects again until it is let go. */
import { type Client, createClient } from "graphql-ws";
import type { Header, Tokens } from "../session/tokens";
import { connected, lost, measured, pause, tryNow } from "./wire";

const FORBIDDEN = 4403;
const RESTARTING = 1012;
const PING_EVERY = 5_000;
const PATIENCE = 5_000;

export interface Socket extends Pick<Client, "subscribe"> {
  close(): void;
}

export function openSocket(url: string, tokens: Tokens): Socket {
  let pinged = 0;
  let hangs: ReturnType<typeof setTimeout>;
  let header: Header = {};
  const client = createClient({
    url,
    lazy: false,
    connectionParams: async () => (header = await tokens.header()), // asked at each connection
    keepAlive: PING_EVERY,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: pause,
    onNonLazyError: () => lost({ restarting: false }),
    on: {
      connected,
      ping: (received) => {
        if (received) return;
        pinged = performance.now();
        hangs = setTimeout(() => client.terminate(), PATIENCE);
      },
      pong: (received) => {
        if (!received) return;
        clearTimeout(hangs);
        measured(performance.now() - pinged);
      },
      closed: (event) => {
        clearTimeout(hangs);
        const { code } = event as CloseEvent;
        if (code === FORBIDDEN) tokens.refused(header);
        if (!closed) lost({ restarting: code === RESTARTING });
      },
    },
  });

  let closed = false;
  const offline = () => client.terminate(); // the browser knows before any ping does
  addEventListener("offline", offline);
  addEventListener("online", tryNow);
  return {
    subscribe: client.subscribe,
    close() {
      closed = true;
      removeEventListener("offline", offline);
      removeEventListener("online", tryNow);
      void client.dispose();
    },
  };
}
