/** A new game against the house, from the position that is looked at. */
import type { Reviewed } from "../game/Review";
import { type Game, type Level, MARKS, opened, playerOf, toMove } from "../game/words";
import { Icon } from "../parts/icons";
import { texts } from "../texts";
import { useStart } from "./useStart";

interface TryHereProps {
  game: Game;
  review: Reviewed;
  /** after how many moves the position is that is looked at */
  shown: number;
}

/** Who looks at a mistake begins before it: the words in the cells say what would have been. */
export function TryHere({ game, review, shown }: TryHereProps) {
  const { busy, startFrom } = useStart();
  const move = review.errors.some(({ number }) => number === shown) ? shown - 1 : shown;
  const version = review.versions[move];
  // A position inside the opening is another game's: it is tried out from there.
  if (version === undefined || move < opened(game)) return null;
  const level = levelOf(game);
  return (
    <div className="stack-s">
      <button
        type="button"
        className="btn wide"
        aria-busy={busy || undefined}
        onClick={() => startFrom({ gameId: game.id, version }, level)}
      >
        <Icon name="house" />
        {texts.review.tryIt}
      </button>
      <p className="small muted">{texts.review.tryText(toMove(move), texts.home.levels[level])}</p>
    </div>
  );
}

/** As strong as the house was in this game; against people, so strong that it shows what was missed. */
function levelOf(game: Game): Level {
  const levels = MARKS.map((mark) => playerOf(game, mark)?.level);
  return levels.find((level) => level != null) ?? "HARD";
}
