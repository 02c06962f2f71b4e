/** Games that are being played, to watch: each is followed. */
import { useState } from "react";
import { Link } from "wouter";
import { Mini } from "../board/Mini";
import { SmallMark } from "../board/marks";
import { calledAt } from "../game/called";
import { useEvents } from "../game/useGame";
import { type Game, MARKS } from "../game/words";
import { texts } from "../texts";
import { useLobby } from "./useLobby";

const SHOWN = 4;

/** Newest first, as many as are shown; what is over stays while it is looked at. */
function useGamesOn(held: boolean): readonly Game[] | null {
  const rows = useLobby("PLAYING", held);
  return rows?.map(({ game }) => game).reverse() ?? null;
}

export function GamesOn() {
  const [held, setHeld] = useState(false);
  const games = useGamesOn(held);
  return (
    <section aria-labelledby="on">
      <div className="sec">
        <h2 id="on">{texts.watch.title}</h2>
        {games !== null && games.length > SHOWN && <Link className="small" href="/watch">{texts.watch.all(games.length)}</Link>}
      </div>
      <Cards games={games?.slice(0, SHOWN) ?? null} onHeld={setHeld} />
    </section>
  );
}

/** Every game that is on. */
export function AllGamesOn() {
  const [held, setHeld] = useState(false);
  return <Cards games={useGamesOn(held)} onHeld={setHeld} />;
}

function Cards({ games, onHeld }: { games: readonly Game[] | null; onHeld: (held: boolean) => void }) {
  if (games === null) return null;
  if (games.length === 0) {
    return (
      <p className="lobby none">
        <b>{texts.watch.none}</b> {texts.watch.noneHint}
      </p>
    );
  }
  return (
    <div
      className="watch"
      onPointerEnter={() => onHeld(true)}
      onPointerLeave={() => onHeld(false)}
      onFocus={() => onHeld(true)}
      onBlur={() => onHeld(false)}
    >
      {games.map((each) => (
        <WatchCard key={each.id} known={each} />
      ))}
    </div>
  );
}

function WatchCard({ known }: { known: Game }) {
  const game = useEvents(known)?.game ?? known;
  return (
    <Link href={`/game/${game.id}`}>
      <span className="hide">{texts.watch.watch} </span>
      <Mini rules={game.rules} moves={game.moves} />
      <div className="vs">
        {MARKS.map((mark) => (
          <span key={mark} className={game.turn === mark || game.winner === mark ? "t" : ""}>
            <SmallMark mark={mark} />
            <b>{calledAt(game, mark)}</b> {mark === "X" && <span className="hide">{texts.watch.against} </span>}
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
