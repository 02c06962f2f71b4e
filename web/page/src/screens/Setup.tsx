/** Who to play, at what: the choices beside the board. */
import { useEffect, useId } from "react";
import { useQuery } from "urql";
import { OwnIcon, RulesIcon } from "../board/Mini";
import { type Level, LevelsDocument, type MarkChoice } from "../generated/graphql";
import { areAllowed, isSameRules, LONGEST, type Opponent, OPPONENTS, PRESETS, SHORTEST } from "../game/presets";
import type { Rules } from "../game/words";
import { Choice } from "../parts/Choice";
import { texts } from "../texts";

export interface Wish {
  readonly opponent: Opponent;
  readonly rules: Rules;
  readonly isOwn: boolean;
  readonly mark: MarkChoice;
  readonly level: Level;
  /** whether it is not listed, when it is for anyone */
  readonly isLink: boolean;
}

interface SetupProps {
  wish: Wish;
  change: (part: Partial<Wish>) => void;
}

export function Setup({ wish, change }: SetupProps) {
  const { opponent, rules, isOwn } = wish;
  return (
    <>
      <Choice
        legend={texts.home.against}
        options={OPPONENTS}
        chosen={opponent}
        word={(each) => ({ ANYONE: texts.home.anyone, HOUSE: texts.home.house, FRIEND: texts.home.friend })[each]}
        onChoose={(opponent) => change({ opponent })}
      />
      <fieldset>
        <legend className="legend">{texts.home.game}</legend>
        <RulesChoice wish={wish} change={change} />
      </fieldset>
      {isOwn && <Own wish={wish} change={change} />}
      {opponent === "HOUSE" && areAllowed(rules) && <Strength wish={wish} change={change} />}
      {isOwn && !areAllowed(rules) && (
        <p className="field">
          <span className="bad">{rules.line > Math.max(rules.rows, rules.columns) ? texts.home.fits(rules) : texts.home.sides}</span>
        </p>
      )}
    </>
  );
}

function RulesChoice({ wish: { rules, isOwn }, change }: SetupProps) {
  const name = useId();
  return (
    <div className="pick">
      {PRESETS.map((each) => (
        <label key={texts.size(each)}>
          <input
            type="radio"
            name={name}
            checked={!isOwn && isSameRules(rules, each)}
            onChange={() => change({ rules: each, isOwn: false })}
          />
          <RulesIcon rules={each} />
          <b>{texts.size(each)}</b>
          <span>{texts.line(each)}</span>
        </label>
      ))}
      <label>
        <input type="radio" name={name} checked={isOwn} onChange={() => change({ isOwn: true })} />
        <OwnIcon />
        <b>{texts.home.own}</b>
        <span>{texts.home.ownHint}</span>
      </label>
    </div>
  );
}

/** How strong the house shall be; "Perfect" only where the game is solved. */
function Strength({ wish: { rules, level }, change }: SetupProps) {
  const { rows, columns, line } = rules;
  const [{ data, stale }] = useQuery({ query: LevelsDocument, variables: { rules: { rows, columns, line } } });
  const levels = data?.levels ?? FIRST_LEVELS;
  useEffect(() => {
    if (data !== undefined && !stale && !data.levels.includes(level)) change({ level: data.levels.at(-1) ?? "MEDIUM" });
  });
  return (
    <Choice
      legend={texts.home.strong}
      options={levels}
      chosen={level}
      word={(each) => texts.home.levels[each]}
      onChoose={(level) => change({ level })}
    />
  );
}

const FIRST_LEVELS: readonly Level[] = ["EASY", "MEDIUM", "HARD"];

function Own({ wish: { opponent, rules, mark, isLink }, change }: SetupProps) {
  return (
    <div className="own-rules">
      <Side label={texts.home.rows} value={rules.rows} onChange={(rows) => change({ rules: { ...rules, rows } })} />
      <Side label={texts.home.columns} value={rules.columns} onChange={(columns) => change({ rules: { ...rules, columns } })} />
      <Side label={texts.home.inARow} value={rules.line} onChange={(line) => change({ rules: { ...rules, line } })} />
      <Choice
        legend={texts.home.yourMark}
        options={["X", "O", "RANDOM"] as const}
        chosen={mark}
        word={(each) => (each === "RANDOM" ? texts.home.byLot : each)}
        onChoose={(mark) => change({ mark })}
      />
      {opponent === "ANYONE" && (
        <Choice
          legend={texts.home.who}
          options={["PUBLIC", "LINK"] as const}
          chosen={isLink ? "LINK" : "PUBLIC"}
          word={(each) => (each === "LINK" ? texts.home.byLink : texts.home.everyone)}
          onChoose={(each) => change({ isLink: each === "LINK" })}
        />
      )}
    </div>
  );
}

function Side({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={SHORTEST}
        max={LONGEST}
        value={Number.isNaN(value) ? "" : value}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </div>
  );
}
