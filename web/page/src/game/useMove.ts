/** One's move: in pencil where it is aimed, sent, and in ink once the server has it. */
import { useCallback, useState } from "react";
import { useClient } from "urql";
import { say } from "../announce";
import { MakeMoveDocument } from "../generated/graphql";
import { texts } from "../texts";
import { tell } from "../toasts";
import { isUp, wire } from "../wire/wire";
import { command } from "./command";
import { refusal } from "./refusal";
import { type Cell, type Game, isSame, type Mark } from "./words";

const FADE = 400;
const SLOW = 3_000;

export interface Moving {
  readonly sent: Cell | null;
  /** It takes so long that the player should be told. */
  readonly slow: boolean;
  readonly refused: Cell | null;
  place(cell: Cell): void;
}

export function useMove(game: Game, mark: Mark | null): Moving {
  const client = useClient();
  const [sent, setSent] = useState<Cell | null>(null);
  const [slow, setSlow] = useState<Cell | null>(null);
  const [refused, setRefused] = useState<Cell | null>(null);

  // The event may be here before the answer.
  const stands = sent !== null && game.moves.some((each) => isSame(each, sent));
  const pending = stands ? null : sent;

  const place = useCallback(
    (cell: Cell) => {
      if (mark === null || (pending !== null && isSame(pending, cell))) return;
      if (pending !== null) return tell(texts.notPlayed.underWay(mark, pending), { warns: true });
      const fade = () => {
        setRefused(cell);
        setTimeout(() => setRefused(null), FADE);
      };
      if (!isUp(wire.get())) {
        fade();
        return tell(texts.notPlayed.offline(mark), { warns: true });
      }
      const refusedHere = checked(game, mark, cell);
      if (refusedHere !== null) return tell(refusal(refusedHere, game, mark, cell));

      setSent(cell);
      say(texts.said.sent(mark, cell));
      const late = setTimeout(() => setSlow(cell), SLOW);
      const input = { gameId: game.id, ...cellOf(cell), commandId: crypto.randomUUID() };
      command(client, game.id, MakeMoveDocument, { input })
        .then(({ makeMove }) => {
          if (makeMove.__typename === "MakeMoveSuccess") return;
          fade();
          tell(refusal(makeMove.code, makeMove.game, mark, cell));
        })
        .catch(() => {
          fade();
          tell(texts.notPlayed.failed, { warns: true });
        })
        .finally(() => {
          clearTimeout(late);
          setSent((now) => (now === cell ? null : now)); // by then there may be another
        });
    },
    [client, game, mark, pending],
  );

  return { sent: pending, slow: slow !== null && slow === pending, refused, place };
}

const cellOf = ({ row, column }: Cell) => ({ row, column });

/** Why a move need not be sent: what the rules would say. */
function checked(game: Game, mark: Mark, cell: Cell): string | null {
  if (game.status === "WAITING") return "GAME_NOT_STARTED";
  if (game.status !== "PLAYING") return "GAME_OVER";
  if (game.moves.some((each) => isSame(each, cell))) return "CELL_TAKEN";
  return game.turn === mark ? null : "NOT_YOUR_TURN";
}
