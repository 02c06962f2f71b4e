/** The games of the viewer, on and over. */
import { useEffect } from "react";
import { Link } from "wouter";
import { Mini } from "../board/Mini";
import { calledAt } from "../game/called";
import { type Game, markOf, other } from "../game/words";
import { ToastBar } from "../parts/Told";
import { session } from "../session/session";
import { useStore } from "../store";
import { texts } from "../texts";
import { useFinishedGames, useGamesNow } from "./useMyGames";

export function MyGamesScreen() {
  const now = useGamesNow();
  const { games: over, more } = useFinishedGames();
  useEffect(() => {
    document.title = texts.title(texts.mine.title);
  }, []);
  return (
    <main className="wrap list">
      <h1 className="h2">{texts.mine.title}</h1>
      {now?.length === 0 && over?.length === 0 && (
        <p className="lobby none">
          <b>{texts.mine.none}</b> {texts.mine.noneHint} <Link href="/">{texts.mine.start}</Link>
        </p>
      )}
      {now !== null && now.length > 0 && <List title={texts.mine.on} games={now} />}
      {over !== null && over.length > 0 && <List title={texts.mine.over} games={over} />}
      {more !== null && <button type="button" className="btn" onClick={more}>{texts.mine.more}</button>}
      <ToastBar />
    </main>
  );
}

function isOn({ status }: Game): boolean {
  return status === "PLAYING" || status === "WAITING";
}

function List({ title, games }: { title: string; games: readonly Game[] }) {
  return (
    <section className="stack">
      <h2>{title}</h2>
      <GameList games={games} />
    </section>
  );
}

/** Games in words, each a link. */
export function GameList({ games }: { games: readonly Game[] }) {
  const me = useStore(session)?.player.id;
  return (
    <ul className="keep">
      {games.map((game) => (
        <li key={game.id}>
          <Link href={`/game/${game.id}`}>
            <Mini rules={game.rules} moves={game.moves} />
            <p>
              <b>{titleOf(game, me)}</b>
              <br />
              <span className="small muted">
                {texts.size(game.rules)}, {isOn(game) ? texts.watch.move(game.moves.length) : dayOf(game.updatedAt)}
              </span>
            </p>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const days = new Intl.RelativeTimeFormat(texts.locale, { numeric: "auto" });
const DAY = 86_400_000;

function dayOf(moment: string): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return days.format(Math.round((midnight(Date.parse(moment)) - midnight(Date.now())) / DAY), "day");
}

function titleOf(game: Game, me: string | undefined): string {
  const mine = markOf(game, me);
  const opponent = mine === null ? texts.theHouse : calledAt(game, other(mine));
  if (game.status === "WAITING") return texts.mine.waiting;
  if (game.status === "CANCELLED" || game.ending === "ABORTED") return texts.mine.cancelled;
  if (game.status === "PLAYING") return `${texts.mine.playing(opponent)}${game.turn === mine ? `, ${texts.mine.yourTurn}` : ""}`;
  if (game.winner == null) return texts.mine.drew(opponent);
  return game.winner === mine ? texts.mine.won(opponent) : texts.mine.lost(opponent);
}
