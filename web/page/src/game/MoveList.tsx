/** The moves, and the slider that goes through the positions. */
import { type CSSProperties, useLayoutEffect, useRef } from "react";
import { Link } from "wouter";
import { SmallMark } from "../board/marks";
import { Icon } from "../parts/icons";
import { texts } from "../texts";
import type { LookBack } from "./useLookBack";
import { type Game, nameOf, opened, toMove } from "./words";

interface MoveListProps {
  game: Game;
  /** how many are shown as the present */
  present: number;
  back: LookBack;
  /** the numbers of the moves that were mistakes */
  mistakes?: ReadonlySet<number>;
  /** the game that it began from a position of, if the viewer may see that one */
  source?: string | undefined;
}

export function MoveList({ game, present, back, mistakes, source }: MoveListProps) {
  const shown = back.move ?? present;
  const isOn = game.status === "PLAYING";
  const heading = isOn && back.move === null ? texts.game.movesLive(present) : texts.rules(game.rules);
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const show = () => reveal(element, shown === present);
    const observer = new ResizeObserver(show); // a phone that is turned has another list
    observer.observe(element);
    show();
    return () => observer.disconnect();
  }, [shown, present]);
  return (
    <section className="card moves-card">
      <div className="head">
        <h2>{texts.game.moves}</h2>
        <span className="small muted">{heading}</span>
      </div>
      <ol ref={list} className="moves">
        {game.moves.slice(0, present).map((move, index) => (
          <li key={index} data-mark={move.mark}>
            <button
              type="button"
              aria-current={index + 1 === shown ? "step" : undefined}
              onClick={() => back.go(index + 1)}
            >
              <span className="hide">{texts.game.move} </span>
              <span className="n">{index + 1}</span>
              <SmallMark mark={move.mark} />
              <span className="hide"> {move.mark} </span>
              {nameOf(move)}
              {mistakes?.has(index + 1) && <span className="e">?</span>}
            </button>
          </li>
        ))}
        {isOn && (
          <li>
            <button type="button" className="next" disabled>
              <span className="n">{present + 1}</span>
              <SmallMark mark={toMove(present)} />…
            </button>
          </li>
        )}
      </ol>
      <Replay moves={game.moves} shown={shown} present={present} go={back.go} />
      {opened(game) > 0 && (
        <p className="small muted">
          {texts.game.opening(opened(game))}{" "}
          {source === undefined ? texts.game.another : <Link href={`/game/${source}`}>{texts.game.another}</Link>}.
        </p>
      )}
    </section>
  );
}

/** Scroll to the move that is shown, or to the end if it is the present one, without scrolling the page. */
function reveal(list: HTMLElement, isPresent: boolean): void {
  const current = list.querySelector("[aria-current]");
  if (isPresent) list.scrollTo(list.scrollWidth, list.scrollHeight);
  if (isPresent || current === null) return;
  const [one, all] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
  if (list.scrollWidth > list.clientWidth) list.scrollLeft += one.left - all.left - (all.width - one.width) / 2;
  else if (one.top < all.top) list.scrollTop += one.top - all.top;
  else if (one.bottom > all.bottom) list.scrollTop += one.bottom - all.bottom + 48;
}

interface ReplayProps {
  moves: Game["moves"];
  shown: number;
  present: number;
  go: (move: number) => void;
}

function Replay({ moves, shown, present, go }: ReplayProps) {
  const filled = { "--v": `${present === 0 ? 100 : (shown * 100) / present}%` } as CSSProperties;
  return (
    <div className="replay">
      <div>
        <Step icon="first" label={texts.game.first} onClick={() => go(0)} off={shown === 0} />
        <Step icon="back" label={texts.game.back} onClick={() => go(shown - 1)} off={shown === 0} />
      </div>
      <input
        type="range"
        min={0}
        max={present}
        value={shown}
        style={filled}
        aria-label={texts.game.position}
        aria-valuetext={texts.game.positionText(shown, present, moves[shown - 1])}
        onChange={({ target }) => go(target.valueAsNumber)}
      />
      <div>
        <Step icon="on" label={texts.game.on} onClick={() => go(shown + 1)} off={shown === present} />
        <Step icon="now" label={texts.game.now} onClick={() => go(present)} off={shown === present} />
      </div>
    </div>
  );
}

interface StepProps {
  icon: "first" | "back" | "on" | "now";
  label: string;
  off: boolean;
  onClick: () => void;
}

function Step({ icon, label, off, onClick }: StepProps) {
  return (
    <button
      type="button"
      className="btn quiet square"
      aria-label={label}
      aria-disabled={off || undefined}
      onClick={off ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
