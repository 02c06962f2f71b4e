/** A game: played, watched, waited for, looked back at. */
import { useState } from "react";
import { useClient } from "urql";
import { Board, Coordinates, type How } from "../board/Board";
import { isSmall } from "../board/reach";
import { ResignDocument } from "../generated/graphql";
import { Actions } from "../game/Actions";
import { AimBar } from "../game/AimBar";
import { boardKey } from "../game/boardKeys";
import { command } from "../game/command";
import { endingOf } from "../game/ending";
import { MoveList } from "../game/MoveList";
import { refusal } from "../game/refusal";
import { Seats } from "../game/Seats";
import { Banner, Lost, Question, Status } from "../game/Slot";
import { useCatchUp } from "../game/useCatchUp";
import { useGame } from "../game/useGame";
import { useLookBack } from "../game/useLookBack";
import { useMove } from "../game/useMove";
import { titleOf, useSaid } from "../game/useSaid";
import { type Cell, type Game, isDense, isSame, type Mark, markOf, other, seatOf, toMove } from "../game/words";
import { ToastBar } from "../parts/Told";
import { session } from "../session/session";
import { useStore } from "../store";
import { texts } from "../texts";
import { tell } from "../toasts";
import { isUp, wire } from "../wire/wire";
import { NothingHere } from "./NothingHere";
import { WaitingScreen } from "./WaitingScreen";

export function GameScreen({ gameId }: { gameId: string }) {
  const { game, missing } = useGame(gameId);
  const mine = markOf(game ?? NO_GAME, useStore(session)?.player.id);
  if (missing) return <NothingHere title={texts.game.notFound} text={texts.game.notFoundText} />;
  if (game === null) return <main className="game wrap" aria-busy="true" aria-label={texts.game.loading} />;
  if (game.status === "WAITING") return <WaitingScreen game={game} mine={mine} />;
  return <Played key={game.id} game={game} mine={mine} />;
}

const NO_GAME = { players: [] } as unknown as Game;

function Played({ game, mine }: { game: Game; mine: Mark | null }) {
  const client = useClient();
  const up = isUp(useStore(wire));
  const catchUp = useCatchUp(game);
  const { present } = catchUp;
  const back = useLookBack(present);
  const moving = useMove(game, mine);
  const [aimed, setAimed] = useState<Cell | null>(null);
  const [asks, setAsks] = useState(false);
  useSaid(game, mine, present);

  const { rules, status } = game;
  const isOver = status === "FINISHED" || status === "CANCELLED";
  const isNow = back.move === null && present === game.moves.length;
  const moves = game.moves.slice(0, back.move ?? present);
  const isMyTurn = status === "PLAYING" && game.turn === mine && mine !== null && moving.sent === null;
  const placing = isNow && !isOver && mine !== null && (isMyTurn || moving.sent !== null || moving.refused !== null) ? mine : null;
  const showsEnd = isOver && isNow;

  const place = (cell: Cell) => {
    setAimed(null);
    setAsks(false);
    moving.place(cell);
  };
  const press = (cell: Cell, how: How) => {
    if (mine === null || isOver) return;
    if (!isNow) return back.go(present);
    const board = document.querySelector(".board .grid")?.getBoundingClientRect();
    const aims = how === "touch" && board !== undefined && isDense(rules) && isSmall(board, rules) && isMyTurn;
    if (!aims || (aimed !== null && isSame(aimed, cell))) return place(cell);
    if (!game.moves.some((each) => isSame(each, cell))) setAimed(cell);
  };
  const resign = () => {
    setAsks(false);
    if (!isUp(wire.get())) return tell(texts.notPlayed.needs, { warns: true });
    const input = { gameId: game.id, commandId: crypto.randomUUID() };
    command(client, game.id, ResignDocument, { input })
      .then(({ resign }) => {
        if (resign.__typename === "GameRejection") tell(refusal(resign.code, resign.game, mine ?? "X"));
      })
      .catch(() => tell(texts.notPlayed.other));
  };

  return (
    <main className="game wrap">
      <h1 className="hide">{titleOf(game, mine)}</h1>
      <div className="play">
        <Seats game={game} mine={mine} turn={isOver ? null : isNow ? game.turn : toMove(present)} />
        {slot()}
        <div className={isDense(rules) ? "sheet flush" : "sheet"}>
          <Coordinates rules={rules}>
            <Board
              rules={rules}
              moves={moves}
              label={texts.board.label(rules, boardState(game, back.move, !up, catchUp.catching !== null))}
              placing={placing}
              onPress={press}
              onKey={(key) => boardKey(key, game, mine, present, back)}
              aimed={placing !== null && isDense(rules) ? aimed : null}
              sent={isNow ? moving.sent : null}
              refused={moving.refused}
              line={showsEnd ? (game.winningLine ?? null) : null}
              winner={game.winner ?? null}
              missed={catchUp.missed}
              paused={!up && !isOver}
              done={isOver}
            />
          </Coordinates>
        </div>
        {isDense(rules) && placing !== null && (
          <AimBar rules={rules} mark={placing} aimed={aimed} onAim={setAimed} onPlace={place} />
        )}
        <ToastBar />
      </div>
      <aside className="side" aria-label={texts.game.aside}>
        {isOver && <Actions game={game} mine={mine} up={up} onResign={() => setAsks(true)} />}
        <MoveList game={game} present={present} back={back} />
        {!isOver && <Actions game={game} mine={mine} up={up} onResign={() => setAsks(true)} />}
      </aside>
    </main>
  );

  function slot() {
    const opponent = mine === null ? null : (seatOf(game, other(mine))?.player.username ?? texts.theHouse);
    if (!up && !isOver) return <Lost />;
    if (catchUp.catching !== null) {
      const { shown, all } = catchUp.catching;
      const bar = <progress className="bar" max={all} value={shown} aria-hidden="true" />;
      return (
        <Banner icon="again" warns title={texts.wire.catching(shown, all)} text={bar}>
          <button type="button" className="btn small" onClick={catchUp.skip}>{texts.wire.skip}</button>
        </Banner>
      );
    }
    if (back.move !== null) {
      const title = back.move === 0 ? texts.game.lookingBackStart : texts.game.lookingBack(back.move);
      return (
        <Banner title={title}>
          <button type="button" className="btn small" onClick={() => back.go(present)}>
            {isOver ? texts.game.toTheEnd : texts.game.toNow}
          </button>
        </Banner>
      );
    }
    if (asks && opponent !== null && status === "PLAYING") {
      return (
        <Question
          title={texts.game.resignAsk(opponent)}
          safe={texts.game.keep}
          does={texts.game.resign}
          onSafe={() => setAsks(false)}
          onDoes={resign}
          focused
        />
      );
    }
    const last = game.moves.at(-1);
    if (catchUp.caught !== null && !isOver && last !== undefined) {
      const name = seatOf(game, last.mark)?.player.username ?? texts.theHouse;
      const what = catchUp.caught === 1 ? texts.wire.played(name, last) : texts.wire.missed(catchUp.caught);
      return <Banner icon="check" title={texts.wire.caught(what)} text={isMyTurn ? texts.wire.yourTurn : undefined} />;
    }
    const [words, small] = isOver ? endingOf(game, mine) : [turnWords(), ""];
    return (
      <Status>
        <span>{words}</span>
        {small !== "" && <small>{small}</small>}
        {!isOver && <small className="end d-only">{texts.rules(rules)}</small>}
      </Status>
    );
  }

  function turnWords() {
    if (moving.slow) return texts.game.sending;
    if (mine !== null && (isMyTurn || moving.sent !== null)) {
      if (!isDense(rules)) return texts.game.yourTurn(mine);
      return (
        <>
          {texts.game.yourTurnShort}
          <span className="d-only"> {texts.game.placeA(mine)}</span>
          <small className="m-only"> {texts.game.tapToAim}</small>
        </>
      );
    }
    const name = game.turn === null ? "" : (seatOf(game, game.turn)?.player.username ?? texts.theHouse);
    return texts.game.theirTurn(name);
  }
}

function boardState(game: Game, move: number | null, paused: boolean, catching: boolean): string {
  if (move !== null) return texts.board.after(move);
  if (game.status === "FINISHED") return game.winner ? texts.board.has(game.winner) : texts.board.drawn;
  if (paused) return texts.board.paused;
  if (catching) return texts.board.catching;
  return game.turn === null ? texts.board.waiting : texts.board.toMove(game.turn);
}

