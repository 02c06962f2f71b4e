/** What the slot says of a game: one thing at a time, the most urgent first. */
import type { ReactNode } from "react";
import { texts } from "../texts";
import { calledAt } from "./called";
import { endingOf } from "./ending";
import { Banner, Lost, Question, Status } from "./Slot";
import type { CatchUp } from "./useCatchUp";
import type { Commands } from "./useCommands";
import type { LookBack } from "./useLookBack";
import type { Moving } from "./useMove";
import { type Game, isOffered, type Mark, type OfferKind, other } from "./words";

export interface SlotProps {
  game: Game;
  mine: Mark | null;
  up: boolean;
  catchUp: CatchUp;
  back: LookBack;
  moving: Moving;
  commands: Commands;
  /** whether the player is asked if they mean to resign, or to call the game off */
  asks: "resign" | "abort" | null;
  onAsked: () => void;
  /** whether a finger aims before it plays */
  aims: boolean;
  /** what the review says of the position that is looked at */
  remark?: string | undefined;
}

export function GameSlot(props: SlotProps) {
  const { game, up, catchUp, back } = props;
  const isOver = game.status !== "PLAYING";
  if (!up && !isOver) return <Lost />;
  if (catchUp.catching !== null) return <Catching {...catchUp} catching={catchUp.catching} />;
  if (back.move !== null) return <LookingBack {...props} move={back.move} />;
  return <Asked {...props} />;
}

function Catching({ catching: { shown, all }, skip }: CatchUp & { catching: NonNullable<CatchUp["catching"]> }) {
  const bar = <progress className="bar" max={all} value={shown} aria-hidden="true" />;
  return (
    <Banner icon="again" warns title={texts.wire.catching(shown, all)} text={bar}>
      <button type="button" className="btn small" onClick={skip}>{texts.wire.skip}</button>
    </Banner>
  );
}

function LookingBack({ game, back, catchUp, move, remark }: SlotProps & { move: number }) {
  const title = move === 0 ? texts.game.lookingBackStart : texts.game.lookingBack(move);
  return (
    <Banner title={title} text={remark}>
      <button type="button" className="btn small" onClick={() => back.go(catchUp.present)}>
        {game.status === "PLAYING" ? texts.game.toNow : texts.game.toTheEnd}
      </button>
    </Banner>
  );
}

/** A question to the player, or else how the game stands. */
function Asked(props: SlotProps): ReactNode {
  const { game, mine, commands, asks, onAsked } = props;
  if (mine === null) return <Standing {...props} />;
  const opponent = calledAt(game, other(mine));
  if (asks !== null && game.status === "PLAYING") {
    const isAbort = asks === "abort";
    return (
      <Question
        title={isAbort ? texts.game.callOffAsk : texts.game.resignAsk(opponent)}
        text={isAbort ? texts.game.callOffText : undefined}
        safe={texts.game.keep}
        does={isAbort ? texts.game.callOff : texts.game.resign}
        onSafe={onAsked}
        onDoes={() => {
          onAsked();
          void (isAbort ? commands.abort() : commands.resign());
        }}
        focused
      />
    );
  }
  const wanted = KINDS.find((kind) => isOffered(game, kind, other(mine)));
  if (wanted !== undefined) {
    const text = texts.game.askedText[wanted];
    return (
      <Question
        title={texts.game.asked[wanted](opponent)}
        text={typeof text === "string" ? text : text(other(mine))}
        safe={texts.game.no[wanted]}
        does={texts.game.yes[wanted]}
        onSafe={() => void commands.decline(wanted)}
        onDoes={() => void commands.accept(wanted)}
      />
    );
  }
  const offered = KINDS.find((kind) => isOffered(game, kind, mine));
  if (offered !== undefined) {
    return (
      <Banner title={texts.game.sentOffer[offered]}>
        <button type="button" className="btn small" onClick={() => void commands.withdraw(offered)}>
          {texts.game.withdraw[offered]}
        </button>
      </Banner>
    );
  }
  return <Standing {...props} />;
}

const KINDS: readonly OfferKind[] = ["DRAW", "TAKEBACK", "REMATCH"];

function Standing({ game, mine, catchUp, moving, aims }: SlotProps) {
  const { rules, moves } = game;
  const isMyTurn = mine !== null && game.turn === mine;
  const last = moves.at(-1);
  if (game.status !== "PLAYING") {
    const [words, small] = endingOf(game, mine);
    return (
      <Status>
        <span>{words}</span>{" "}
        {small !== "" && <small>{small}</small>}
      </Status>
    );
  }
  if (catchUp.caught !== null && last !== undefined) {
    const what = catchUp.caught === 1 ? texts.wire.played(calledAt(game, last.mark), last) : texts.wire.missed(catchUp.caught);
    return <Banner icon="check" title={texts.wire.caught(what)} text={isMyTurn ? texts.wire.yourTurn : undefined} />;
  }
  return (
    <Status>
      <span>{turnWords(game, mine, moving, aims)}</span>{" "}
      {aims && isMyTurn && <small className="m-only">{texts.game.tapToAim}</small>}{" "}
      <small className="end d-only">{texts.rules(rules)}</small>
    </Status>
  );
}

function turnWords(game: Game, mine: Mark | null, moving: Moving, aims: boolean): ReactNode {
  if (moving.slow) return texts.game.sending;
  if (mine !== null && (game.turn === mine || moving.sent !== null)) {
    return (
      <>
        {texts.game.yourTurnShort}
        <span className={aims ? "d-only" : undefined}> {texts.game.placeA(mine)}</span>
      </>
    );
  }
  return game.turn == null ? "" : texts.game.theirTurn(calledAt(game, game.turn));
}
