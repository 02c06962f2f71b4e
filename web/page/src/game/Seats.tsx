/** The two seats: who plays what, whose turn it is, who is here. */
import type { ReactNode } from "react";
import { SmallMark } from "../board/marks";
import { useStore } from "../store";
import { texts } from "../texts";
import { useNow } from "../useNow";
import { isUp, wire } from "../wire/wire";
import type { Presence } from "./usePresence";
import { calledOf } from "./called";
import { type Game, isOffered, type Mark, MARKS, type Player, playerOf } from "./words";

interface SeatsProps {
  game: Game;
  mine: Mark | null;
  /** whose turn it is in what is shown */
  turn: Mark | null;
  presence: Presence | null;
  /** whether the end is shown, if there is one */
  ended?: boolean;
}

export function Seats({ game, mine, turn, presence, ended = true }: SeatsProps) {
  return (
    <div className="seats">
      {MARKS.map((mark) => {
        const player = playerOf(game, mark);
        if (player === undefined) return <EmptySeat key={mark} game={game} mark={mark} />;
        const flag = game.status === "PLAYING" || ended ? flagOf(game, mark, turn) : null;
        const offer = offerOf(game, mark);
        return (
          <div key={mark} className="seat" data-mark={mark} data-turn={flag === null && offer === null ? undefined : ""}>
            <SmallMark mark={mark} />
            <div className="name">
              {calledOf(player)} {mark === mine && <i>{texts.game.you}</i>}
            </div>
            <Here player={player} mark={mark} isMine={mark === mine} isTurn={turn === mark} presence={presence} offer={offer} />
            {(flag ?? offer) !== null && <span className="flag">{offer === null ? flag : texts.game.flag[offer]}</span>}
          </div>
        );
      })}
    </div>
  );
}

interface HereProps {
  player: Player;
  mark: Mark;
  isMine: boolean;
  isTurn: boolean;
  presence: Presence | null;
  offer: ReturnType<typeof offerOf>;
}

function Here({ player, mark, isMine, isTurn, presence, offer }: HereProps) {
  const up = isUp(useStore(wire));
  const now = useNow();
  if (player.kind === "HOUSE") {
    const level = player.level == null ? texts.theHouse : texts.home.levels[player.level];
    return <div className="pres">{isTurn && up ? texts.game.thinking(level) : level}</div>;
  }
  if (!up) return <Dot look="cut">{isMine ? texts.game.offline : texts.game.unknown}</Dot>;
  if (offer !== null) return <div className="pres">{texts.game.offers[offer]}</div>;
  const seat = presence?.seats.find((each) => each.mark === mark);
  const since = seat?.since == null ? "" : texts.span(now - Date.parse(seat.since));
  switch (isMine ? "HERE" : seat?.state) {
    case "HERE":
      return <Dot look="here">{texts.game.here}</Dot>;
    case "AWAY":
      return <Dot look="">{texts.game.away(since)}</Dot>;
    case "LEFT":
      return <Dot look="">{texts.game.left(since)}</Dot>;
    case "CUT_OFF":
      return <Dot look="cut">{texts.game.cut(since)}</Dot>;
    default:
      return <Dot look="cut">{texts.game.unknown}</Dot>;
  }
}

function Dot({ look, children }: { look: "here" | "cut" | ""; children: ReactNode }) {
  return (
    <div className="pres">
      <i className={`dot ${look}`} />
      {children}
    </div>
  );
}

function EmptySeat({ game, mark }: { game: Game; mark: Mark }) {
  const now = useNow();
  return (
    <div className="seat empty" data-mark={mark}>
      <SmallMark mark={mark} />
      <div className="name">{game.visibility === "PUBLIC" ? texts.game.openSeat : texts.game.friendSeat}</div>
      <Dot look="">{texts.game.waiting(texts.span(now - Date.parse(game.createdAt)))}</Dot>
    </div>
  );
}

function flagOf({ status, winner, ending }: Game, mark: Mark, turn: Mark | null): string | null {
  if (status === "PLAYING") return turn === mark ? texts.game.flag.toMove : null;
  if (winner === mark) return texts.game.flag.winner;
  return ending === "BOARD_FULL" || ending === "AGREEMENT" ? texts.game.flag.draw : null;
}

/** What this side offers. */
function offerOf(game: Game, mark: Mark) {
  return (["DRAW", "TAKEBACK", "REMATCH"] as const).find((kind) => isOffered(game, kind, mark)) ?? null;
}
