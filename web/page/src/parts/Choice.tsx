/** One of a few, side by side. */
import { type ReactNode, useId } from "react";

interface ChoiceProps<T extends string> {
  legend: string;
  options: readonly T[];
  chosen: T;
  word: (option: T) => ReactNode;
  onChoose: (option: T) => void;
}

export function Choice<T extends string>({ legend, options, chosen, word, onChoose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="legend">{legend}</legend>
      <div className="seg">
        {options.map((each) => (
          <label key={each}>
            <input type="radio" name={name} checked={each === chosen} onChange={() => onChoose(each)} />
            {word(each)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
