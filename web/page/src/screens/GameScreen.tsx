/** A game: played, watched, waited for, looked back at. */
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { Board, Coordinates, type How } from "../board/Board";
import type { GameQuery } from "../generated/graphql";
import { Actions } from "../game/Actions";
import { AimBar } from "../game/AimBar";
import { boardKey } from "../game/boardKeys";
import { GameSlot } from "../game/GameSlot";
import { MoveList } from "../game/MoveList";
import { ReviewCard, useReview } from "../game/Review";
import { Seats } from "../game/Seats";
import { useAim } from "../game/useAim";
import { arriving, useArrival } from "../game/useArrival";
import { useCatchUp } from "../game/useCatchUp";
import { useCommands } from "../game/useCommands";
import { useDeclined } from "../game/useDeclined";
import { useGame } from "../game/useGame";
import { useLookBack } from "../game/useLookBack";
import { useMove } from "../game/useMove";
import { usePresence } from "../game/usePresence";
import { titleOf, useSaid } from "../game/useSaid";
import { type Cell, type Game, isDense, isSame, type Mark, markOf, toMove } from "../game/words";
import { ToastBar } from "../parts/Told";
import { session } from "../session/session";
import { useStore } from "../store";
import { texts } from "../texts";
import { isUp, wire } from "../wire/wire";
import { NothingHere } from "./NothingHere";
import { TryHere } from "./TryHere";
import { WaitingScreen } from "./WaitingScreen";

/** *invite*: what came with the link, which seats whoever sends it. */
export function GameScreen({ gameId, invite = null }: { gameId: string; invite?: string | null }) {
  const { game, event, missing } = useGame(gameId, invite);
  const me = useStore(session)?.player.id;
  const mine = game == null ? null : markOf(game, me);
  useDeclined(event, mine);
  if (missing) return <NothingHere title={texts.game.notFound} text={texts.game.notFoundText} />;
  if (game == null) return <main className="game wrap" aria-busy="true" aria-label={texts.game.loading} />;
  if (game.status === "WAITING") return <WaitingScreen game={game} mine={mine} invite={invite} />;
  return <Played key={game.id} game={game} mine={mine} />;
}

function Played({ game, mine }: { game: NonNullable<GameQuery["game"]>; mine: Mark | null }) {
  const up = isUp(useStore(wire));
  const catchUp = useCatchUp(game);
  const { present } = catchUp;
  const back = useLookBack(present);
  const moving = useMove(game, mine);
  const commands = useCommands(game);
  const presence = usePresence(game.id);
  const review = useReview(game);
  const sheet = useRef<HTMLDivElement>(null);
  const aim = useAim(sheet, game.rules);
  const [asks, setAsks] = useState<"resign" | "abort" | null>(null);
  useSaid(game, mine, present);
  useRematch(game, mine);
  useArrival(sheet, game.rules.columns);

  const { rules } = game;
  const isOver = game.status !== "PLAYING";
  const isNow = back.move === null && present === game.moves.length;
  const shown = back.move ?? present;
  const isMyTurn = !isOver && mine !== null && game.turn === mine && moving.sent === null;
  const holds = isMyTurn || moving.sent !== null || moving.refused !== null;
  const placing = isNow && !isOver && holds ? mine : null;
  const aimed = placing === null ? null : aim.aimed;
  const waits = placing !== null ? null : isNow ? texts.board.notYourTurn : texts.board.notNow;
  const erred = review?.errors.find(({ number }) => number === back.move);
  const looks = back.move !== null && review !== null && erred !== undefined;

  const place = (cell: Cell) => {
    aim.at(null);
    setAsks(null);
    if (up) catchUp.settle();
    moving.place(cell);
  };
  const press = (cell: Cell, how: How) => {
    if (mine === null || isOver) return;
    if (!isNow) return back.go(present);
    const isFree = game.moves.every((each) => !isSame(each, cell));
    const isAimed = aim.aimed !== null && isSame(aim.aimed, cell);
    if (how === "touch" && aim.isAsked && isMyTurn && isFree && !isAimed) aim.at(cell);
    else place(cell);
  };
  const actions = (
    <Actions game={game} mine={mine} up={up} commands={commands} presence={presence} onAsk={setAsks} />
  );

  return (
    <main className="game wrap">
      <h1 className="hide">{titleOf(game, mine)}</h1>
      <div className="play">
        <Seats game={game} mine={mine} presence={presence} turn={isOver ? null : isNow ? (game.turn ?? null) : toMove(shown)} ended={isNow} />
        <GameSlot
          game={game}
          mine={mine}
          up={up}
          catchUp={catchUp}
          back={back}
          moving={moving}
          commands={commands}
          asks={asks}
          onAsked={() => setAsks(null)}
          aims={aim.isAsked}
          remark={erred?.couldHave || undefined}
        />
        <div ref={sheet} className={isDense(rules) ? "sheet flush" : "sheet"}>
          <Coordinates rules={rules}>
            <Board
              rules={rules}
              moves={game.moves.slice(0, shown)}
              label={texts.board.label(rules, stateOf(game, back.move, !up, catchUp.catching !== null))}
              placing={placing}
              onPress={press}
              onKey={(key) => boardKey(key, game, mine, present, back)}
              aimed={aimed}
              sent={isNow ? moving.sent : null}
              refused={moving.refused}
              line={isOver && isNow ? (game.winningLine ?? null) : null}
              winner={game.winner ?? null}
              missed={catchUp.missed}
              says={looks ? review.says(back.move!) : undefined}
              erred={looks ? erred.move : null}
              paused={!up && !isOver}
              done={isOver}
            />
          </Coordinates>
        </div>
        {aim.isAsked && mine !== null && !isOver && (
          <AimBar rules={rules} mark={mine} aimed={aimed} waits={waits} onAim={aim.at} onPlace={place} />
        )}
        <ToastBar />
      </div>
      <aside className="side" aria-label={texts.game.aside}>
        {isOver && isNow && actions}
        {review !== null && (
          <ReviewCard review={review} back={back} shown={shown}>
            {back.move !== null && <TryHere game={game} review={review} shown={back.move} />}
          </ReviewCard>
        )}
        <MoveList
          game={game}
          present={present}
          back={back}
          mistakes={new Set(review?.errors.map(({ number }) => number))}
          source={game.opening?.game?.id}
        />
        {!(isOver && isNow) && actions}
      </aside>
    </main>
  );
}

/** Who was here when a rematch was agreed goes to it. */
function useRematch({ rematch }: Game, mine: Mark | null): void {
  const [, navigate] = useLocation();
  const next = rematch?.id;
  const known = useRef(next);
  useEffect(() => {
    if (mine !== null && next !== undefined && known.current === undefined) navigate(`/game/${next}`, arriving());
    known.current = next;
  }, [mine, next, navigate]);
}

function stateOf(game: Game, move: number | null, paused: boolean, catching: boolean): string {
  if (move !== null) return texts.board.after(move);
  if (game.status !== "PLAYING") return game.winner == null ? texts.board.drawn : texts.board.has(game.winner);
  if (paused) return texts.board.paused;
  if (catching) return texts.board.catching;
  return game.turn == null ? texts.board.waiting : texts.board.toMove(game.turn);
}
