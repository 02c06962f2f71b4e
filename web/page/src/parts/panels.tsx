/** What opens over a screen when it is asked for: how to play, the keyboard, touch, the wire. */
import { type ReactNode, useEffect, useRef } from "react";
import { type Entry, log } from "../wire/log";
import { letterKeys, toggleLetterKeys } from "../keys";
import { Store, useStore } from "../store";
import { texts } from "../texts";
import { confirm, CONFIRMS, confirms } from "../touch";
import { Choice } from "./Choice";

export const panel = new Store<"how" | "keys" | "touch" | "wire" | null>(null);

export function togglePanel(name: "keys" | "wire"): void {
  panel.set(panel.get() === name ? null : name);
}

export function Panels() {
  switch (useStore(panel)) {
    case "how":
      return <How />;
    case "keys":
      return <Keys />;
    case "touch":
      return <Touch />;
    case "wire":
      return <Wire />;
    case null:
      return null;
  }
}

function Panel({ title, modal, children }: { title: string; modal: boolean; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (modal) dialog.current?.showModal();
    else dialog.current?.show();
  }, [modal]);
  return (
    <dialog ref={dialog} className={modal ? "panel" : "panel side-panel"} aria-label={title} onClose={() => panel.set(null)}>
      <div className="head">
        <h2>{title}</h2>
        <button type="button" className="btn small" onClick={() => dialog.current?.close()}>{texts.how.close}</button>
      </div>
      {children}
    </dialog>
  );
}

function How() {
  return (
    <Panel title={texts.how.title} modal>
      <div className="stack">{texts.how.lines.map((each) => <p key={each}>{each}</p>)}</div>
    </Panel>
  );
}

function Keys() {
  const letters = useStore(letterKeys);
  return (
    <Panel title={texts.keys.title} modal>
      <p className="muted">{texts.keys.intro}</p>
      <dl className="facts">
        {texts.keys.rows.map(([key, means]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
      <label className="tick">
        <input type="checkbox" checked={letters} onChange={toggleLetterKeys} /> {texts.keys.letters}
      </label>
    </Panel>
  );
}

function Touch() {
  const chosen = useStore(confirms);
  return (
    <Panel title={texts.touch.title} modal>
      <div className="stack">
        <p className="muted">{texts.touch.intro}</p>
        <Choice
          legend={texts.touch.confirm}
          options={CONFIRMS}
          chosen={chosen}
          word={(each) => texts.touch.confirms[each]}
          onChoose={confirm}
        />
        <p className="small muted means">{texts.touch.means[chosen]}</p>
      </div>
    </Panel>
  );
}

function Wire() {
  const entries = useStore(log);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (end.current !== null) end.current.scrollTop = end.current.scrollHeight;
  }, [entries]);
  return (
    <Panel title={texts.log.title} modal={false}>
      <p className="small muted">{texts.log.explain}</p>
      <div ref={end} className="log mono" role="log" aria-label={texts.log.title} tabIndex={0}>
        {entries.length === 0 ? <p>{texts.log.empty}</p> : entries.map((each) => <Line key={each.number} {...each} />)}
      </div>
    </Panel>
  );
}

function Line({ arrow, name, said }: Entry) {
  return (
    <p>
      <b>{arrow}</b> {name} <span>{said}</span>
    </p>
  );
}
