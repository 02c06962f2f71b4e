/** The two seats: who plays what, whose turn it is, who is here. */
import { SmallMark } from "../board/marks";
import { useStore } from "../store";
import { texts } from "../texts";
import { useNow } from "../useNow";
import { isUp, wire } from "../wire/wire";
import { type Game, type Mark, MARKS, seatOf } from "./words";

interface SeatsProps {
  game: Game;
  mine: Mark | null;
  /** whose turn it is in what is shown */
  turn: Mark | null;
}

export function Seats({ game, mine, turn }: SeatsProps) {
  return (
    <div className="seats">
      {MARKS.map((mark) => (
        <Seat key={mark} game={game} mark={mark} isMine={mark === mine} isTurn={turn === mark} />
      ))}
    </div>
  );
}

function Seat({ game, mark, isMine, isTurn }: { game: Game; mark: Mark; isMine: boolean; isTurn: boolean }) {
  const seat = seatOf(game, mark);
  const flag = flagOf(game, mark, isTurn);
  if (seat === undefined) return <EmptySeat mark={mark} since={game.createdAt} />;
  return (
    <div className="seat" data-mark={mark} data-turn={flag === null ? undefined : ""}>
      <SmallMark mark={mark} />
      <div className="name">
        {seat.player.username} {isMine && <i>{texts.game.you}</i>}
      </div>
      <Presence isMine={isMine} />
      {flag !== null && <span className="flag">{flag}</span>}
    </div>
  );
}

function Presence({ isMine }: { isMine: boolean }) {
  const up = isUp(useStore(wire));
  const word = up ? texts.game.here : isMine ? texts.game.offline : texts.game.unknown;
  return (
    <div className="pres">
      <i className={up ? "dot here" : "dot cut"} />
      {word}
    </div>
  );
}

function EmptySeat({ mark, since }: { mark: Mark; since: string }) {
  const now = useNow();
  return (
    <div className="seat empty" data-mark={mark}>
      <SmallMark mark={mark} />
      <div className="name">{texts.game.openSeat}</div>
      <div className="pres">
        <i className="dot" />
        {texts.game.waiting(texts.span(now - Date.parse(since)))}
      </div>
    </div>
  );
}

function flagOf({ status, winner, ending }: Game, mark: Mark, isTurn: boolean): string | null {
  if (status === "PLAYING") return isTurn ? texts.game.flag.toMove : null;
  if (winner === mark) return texts.game.flag.winner;
  return ending === "BOARD_FULL" ? texts.game.flag.draw : null;
}
