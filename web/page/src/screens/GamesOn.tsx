/** Games that are being played, to watch: each is followed. */
import { Link } from "wouter";
import { useQuery } from "urql";
import { Mini } from "../board/Mini";
import { SmallMark } from "../board/marks";
import { GamesOnDocument } from "../generated/graphql";
import { useGame } from "../game/useGame";
import { type Game, MARKS, seatOf } from "../game/words";
import { texts } from "../texts";

const SHOWN = 4;

export function useGamesOn(): readonly Game[] | null {
  const [{ data }] = useQuery({ query: GamesOnDocument, requestPolicy: "cache-and-network" });
  return data?.games.edges.map(({ node }) => node) ?? null;
}

export function GamesOn() {
  const games = useGamesOn();
  return (
    <section aria-labelledby="on">
      <div className="sec">
        <h2 id="on">{texts.watch.title}</h2>
        {games !== null && games.length > SHOWN && <Link className="small" href="/watch">{texts.watch.all(games.length)}</Link>}
      </div>
      <Cards games={games?.slice(0, SHOWN) ?? null} />
    </section>
  );
}

export function Cards({ games }: { games: readonly Game[] | null }) {
  if (games === null) return null;
  if (games.length === 0) {
    return (
      <p className="lobby none">
        <b>{texts.watch.none}</b> {texts.watch.noneHint}
      </p>
    );
  }
  return <div className="watch">{games.map((each) => <WatchCard key={each.id} known={each} />)}</div>;
}

function WatchCard({ known }: { known: Game }) {
  const game = useGame(known.id).game ?? known;
  const [x, o] = MARKS.map((mark) => seatOf(game, mark)?.player.username ?? texts.theHouse) as [string, string];
  return (
    <Link href={`/game/${game.id}`} aria-label={texts.watch.versus(x, o, game.rules)}>
      <Mini rules={game.rules} moves={game.moves} />
      <div className="vs">
        {MARKS.map((mark) => (
          <span key={mark} className={game.turn === mark || game.winner === mark ? "t" : ""}>
            <SmallMark mark={mark} />
            <b>{mark === "X" ? x : o}</b>
          </span>
        ))}
      </div>
      <div className="xs">
        <span>{texts.size(game.rules)}</span>
        <span>{texts.watch.move(game.moves.length)}</span>
      </div>
    </Link>
  );
}
