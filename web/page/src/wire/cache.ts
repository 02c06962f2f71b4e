/** The normalized cache: a game is kept once, by its id, and the newest version of it wins. */
import { type CacheExchangeOpts, cacheExchange, type Resolver } from "@urql/exchange-graphcache";
import possible from "../generated/possible-types";

const none = () => null;

export function cache() {
  return cacheExchange({
    possibleTypes: possible.possibleTypes,
    keys: {
      Game: gameKeys(),
      Cell: none,
      Move: none,
      Offer: none,
      Opening: none,
      Review: none,
      ReviewedCell: none,
      ReviewedPosition: none,
      Rules: none,
      Seat: none,
      GamePresence: none,
      SeatPresence: none,
    },
    resolvers: { Query: { game } },
  } as CacheExchangeOpts);
}

/** A game is the same by whatever query: the one of its id, unless the server knows none. */
const game: Resolver = (_, variables, cache) =>
  cache.resolve("Query", "game", variables) === null ? null : { __typename: "Game", id: variables["id"] };

/** Give the keys of games: what is older than the newest has a key of its own. */
export function gameKeys() {
  const newest = new Map<string, number>();
  return ({ id, version }: Readonly<Record<string, unknown>>): string => {
    const known = newest.get(`${id}`) ?? 0;
    if (Number(version) < known) return `${id}@${version}`;
    newest.set(`${id}`, Number(version ?? known));
    return `${id}`;
  };
}
