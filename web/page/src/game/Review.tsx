/** Where a game turned: the value of every position, and where each side erred. */
import { type ReactNode, useMemo } from "react";
import { useQuery } from "urql";
import { SmallMark } from "../board/marks";
import { ReviewDocument, type ReviewQuery } from "../generated/graphql";
import { texts } from "../texts";
import type { LookBack } from "./useLookBack";
import { type Cell, type Game, type Mark, type Move } from "./words";

type Found = NonNullable<NonNullable<ReviewQuery["game"]>["review"]>;

export interface Erred {
  /** of the move */
  readonly number: number;
  readonly move: Move;
  readonly better: readonly Cell[];
  readonly couldHave: string;
}

export interface Reviewed {
  readonly exact: boolean;
  /** of the game, when each position came about */
  readonly versions: readonly number[];
  /** for X, from the empty board on */
  readonly values: readonly number[];
  readonly errors: readonly Erred[];
  /** words in the free cells of the position before a move */
  says(move: number): ReadonlyMap<string, { word: string; good: boolean }>;
}

/** How much worse an engine must think of a move to say so. */
const WORSE = 0.35;

export function useReview(game: Game): Reviewed | null {
  const [{ data }] = useQuery({
    query: ReviewDocument,
    variables: { gameId: game.id },
    pause: game.status !== "FINISHED" || game.moves.length === 0,
  });
  const review = data?.game?.review;
  return useMemo(() => (review == null ? null : reviewed(review, game.moves)), [review, game.moves]);
}

function reviewed({ exact, positions }: Found, moves: readonly Move[]): Reviewed {
  const versions = positions.map(({ version }) => version);
  const values = positions.map(({ value }) => value);
  const errors = moves.flatMap((move, index): Erred[] => {
    const position = positions[index];
    if (position === undefined) return [];
    const sign = move.mark === "X" ? 1 : -1;
    const [before, after] = [sign * (values[index] ?? 0), sign * (values[index + 1] ?? 0)];
    const isError = exact ? position.isMistake : before - after >= WORSE && position.better.length > 0;
    const couldHave = exact ? texts.review.couldHave(move.mark, before > 0) : "";
    return isError ? [{ number: index + 1, move, better: position.better, couldHave }] : [];
  });
  const says = (move: number) => {
    const options = exact ? (positions[move - 1]?.options ?? []) : [];
    const best = Math.max(...options.map(({ score }) => score));
    return new Map(
      options.map(({ row, column, verdict, score }) => [
        `${row},${column}`,
        { word: texts.review.verdicts[verdict], good: score === best },
      ]),
    );
  };
  return { exact, versions, values, errors, says };
}

interface ReviewCardProps {
  review: Reviewed;
  back: LookBack;
  shown: number;
  /** what can be done with the position that is looked at */
  children?: ReactNode;
}

export function ReviewCard({ review, back, shown, children }: ReviewCardProps) {
  const here = review.errors.find(({ number }) => number === shown) ?? review.errors.at(-1);
  return (
    <section className="card verdict">
      <div className="head">
        <h2>{texts.review.title}</h2>
        <span className="small muted">{review.exact ? texts.review.exact : texts.review.opinion}</span>
      </div>
      <Chart review={review} shown={shown} />
      {here === undefined ? (
        <div className="note">
          <h3>{texts.review.none}</h3>
          <p className="small">{texts.review.noneText}</p>
        </div>
      ) : (
        <div className="note">
          <h3>
            <SmallMark mark={here.move.mark} />
            {review.exact
              ? texts.review.mistake(here.number, here.move, here.move.mark)
              : texts.review.unlikely(here.number, here.move)}
          </h3>
          <p className="small">
            {here.couldHave} {review.exact ? texts.review.better(here.better) : texts.review.likely(here.better)}
          </p>
          {here.number !== shown && (
            <button type="button" className="btn small" onClick={() => back.go(here.number)}>{texts.review.show}</button>
          )}
        </div>
      )}
      {children}
    </section>
  );
}

const [LEFT, RIGHT, MIDDLE, HEIGHT] = [34, 290, 42, 26];

function Chart({ review: { values, errors }, shown }: { review: Reviewed; shown: number }) {
  const last = Math.max(1, values.length - 1);
  const x = (move: number) => round(LEFT + ((RIGHT - LEFT) * move) / last);
  const y = (value: number) => round(MIDDLE - HEIGHT * value);
  const path = values.map((value, move) => (move === 0 ? `M${LEFT} ${y(value)}` : `H${x(move)}V${y(value)}`)).join("");
  return (
    <svg className="chart" viewBox="0 0 300 86" role="img" aria-label={texts.review.chart(told(values))}>
      <path className="scale" d="M34 16H296M34 42H296M34 68H296" />
      <text x="0" y="20">X</text>
      <text x="0" y="46">{texts.review.draw}</text>
      <text x="0" y="72">O</text>
      <path className="values" d={path} />
      {errors.map(({ number, move }) => (
        <g key={number} data-mark={move.mark}>
          <circle cx={x(number)} cy={y(values[number] ?? 0)} r="9" />
          <text className="erring" x={x(number)} y={y(values[number] ?? 0) + 4.5}>?</text>
        </g>
      ))}
      <path className="here" d={`M${x(shown)} 76l-5 8h10z`} />
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The chart in words: each time somebody got ahead or lost it. */
function told(values: readonly number[]): string {
  const leads = values.map((value): Mark | null => (Math.abs(value) < 0.3 ? null : value > 0 ? "X" : "O"));
  const turns = leads.flatMap((lead, move) =>
    move === 0 || lead !== leads[move - 1] ? [lead === null ? texts.review.even(move) : texts.review.ahead(lead, move)] : [],
  );
  return turns.join(", ");
}
