/** The page's client of GraphQL: queries and accounts over HTTP; events and moves over the socket. */
import { retryExchange } from "@urql/exchange-retry";
import { Client, fetchExchange, type Operation, subscriptionExchange } from "urql";
import { fetchWith, type Tokens } from "../session/tokens";
import { cache } from "./cache";
import { passes } from "./failures";
import { logExchange } from "./log";
import { openSocket, type Socket } from "./socket";

const HTTP = new URL("/graphql", location.href).href;
const SOCKET = HTTP.replace(/^http/, "ws");

/** A client without a token, which is all that signing up and logging in need. */
export const stranger = new Client({
  url: HTTP,
  preferGetMethod: false,
  exchanges: [logExchange, fetchExchange],
});

export interface Connection {
  readonly client: Client;
  close(): void;
}

export function connect(tokens: Tokens): Connection {
  const socket = openSocket(SOCKET, tokens);
  const client = new Client({
    url: HTTP,
    fetch: fetchWith(tokens),
    preferGetMethod: false,
    exchanges: [
      cache(),
      retryExchange({
        maxNumberAttempts: Infinity,
        maxDelayMs: 5_000,
        retryIf: (error, { kind }) => kind === "query" && passes(error),
      }),
      logExchange,
      subscriptionExchange({
        isSubscriptionOperation: goesOverTheSocket,
        forwardSubscription: (request, operation) => forward(socket, request, operation),
      }),
      fetchExchange,
    ],
  });
  return { client, close: socket.close };
}

/** Events, and what is for one game: it has the token of that game in its context. */
function goesOverTheSocket({ kind, context }: Operation): boolean {
  return kind === "subscription" || (kind === "mutation" && context["authorization"] !== undefined);
}

type Request = { query?: string | undefined; variables?: Record<string, unknown> | undefined };
type Sink = Parameters<Socket["subscribe"]>[1];

function forward(socket: Socket, { query = "", variables = {} }: Request, operation: Operation) {
  const authorization: unknown = operation.context["authorization"];
  const payload = {
    query,
    variables: { ...variables },
    ...(authorization !== undefined && { extensions: { authorization } }),
  };
  return {
    subscribe: (sink: unknown) => ({
      unsubscribe: socket.subscribe(payload, resuming(payload.variables, sink as Sink)),
    }),
  };
}

/** After a cut graphql-ws subscribes again with the same variables: let them follow the versions. */
function resuming(variables: Record<string, unknown>, sink: Sink): Sink {
  return {
    ...sink,
    error: (fault) => sink.error(fault),
    complete: () => sink.complete(),
    next(result) {
      const { gameEvents: event } = (result.data ?? {}) as { gameEvents?: { version: number } };
      if (event !== undefined) variables["after"] = event.version;
      sink.next(result);
    },
  };
}
