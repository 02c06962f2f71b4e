/** The waiting games. */
import { useState } from "react";
import { useClient } from "urql";
import { useLocation } from "wouter";
import { RulesIcon } from "../board/Mini";
import { JoinGameDocument } from "../generated/graphql";
import { isSameRules } from "../game/presets";
import { refusal } from "../game/refusal";
import { useCommands } from "../game/useCommands";
import { type Game, opened, other } from "../game/words";
import { Icon } from "../parts/icons";
import { session } from "../session/session";
import { useStore } from "../store";
import { texts } from "../texts";
import { tell } from "../toasts";
import { useNow } from "../useNow";
import type { Row } from "./rows";
import { useLobby } from "./useLobby";

const SHOWN = 12;

export function Lobby({ onNew }: { onNew: () => void }) {
  const [held, setHeld] = useState(false);
  const rows = useLobby("WAITING", held);
  return (
    <section aria-labelledby="waiting">
      <div className="sec">
        <h2 id="waiting">{texts.lobby.title}</h2>
        <button type="button" className="btn small" onClick={onNew}>
          <Icon name="plus" />
          {texts.lobby.newGame}
        </button>
      </div>
      {rows?.length === 0 && (
        <p className="lobby none">
          <b>{texts.lobby.empty}</b> {texts.lobby.emptyHint}
        </p>
      )}
      {rows !== null && rows.length > 0 && (
        <ul
          className="lobby"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          {rows.slice(0, SHOWN).map((row) => (
            <LobbyRow key={row.game.id} row={row} alike={alike(rows, row.game)} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** How many others wait for a game like it. */
function alike(rows: readonly Row[], game: Game): number {
  return rows.filter((each) => each.taken === null && each.game.id !== game.id && isSameRules(each.game.rules, game.rules)).length;
}

function LobbyRow({ row: { game, isNew, taken }, alike }: { row: Row; alike: number }) {
  const now = useNow(5_000);
  const isOwn = useStore(session)?.player.id === game.creator.id;
  const join = useJoin(game);
  const mark = other(game.players[0]?.mark ?? "X");
  const waited = now - Date.parse(game.createdAt);
  const since = waited < 5_000 ? texts.lobby.justNow : texts.span(waited);
  const [name, words] = isOwn
    ? [texts.lobby.you, texts.lobby.waiting(since)]
    : [game.creator.username, `${texts.lobby.youPlay(mark)} ${since}`];
  const look = taken !== null ? "gone" : isOwn ? "own" : isNew ? "new" : "";
  return (
    <li className={look}>
      <RulesIcon rules={game.rules} />
      <p>
        <b>{name}</b>
        {look === "new" && <span className="tag">{texts.lobby.tag}</span>}
        <span>
          {join.late ? texts.lobby.quicker(alike) : (
            <>
              {texts.size(game.rules)}
              <span className="d-only">, {texts.line(game.rules)}</span>.{" "}
              {opened(game) > 0 && `${texts.lobby.begins(opened(game))} `}
              {words}
            </>
          )}
        </span>
      </p>
      {taken !== null ? (
        <span className="small muted">{texts.lobby.taken}</span>
      ) : isOwn ? (
        <CancelButton game={game} />
      ) : (
        <button type="button" className="btn" aria-busy={join.busy || undefined} onClick={join.join}>
          {join.busy && <i className="spin" />}
          {join.busy ? texts.lobby.joining : texts.lobby.join}
        </button>
      )}
    </li>
  );
}

function useJoin(game: Game) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [late, setLate] = useState(false);
  const join = async () => {
    setBusy(true);
    const input = { gameId: game.id, commandId: crypto.randomUUID() };
    const { data } = await client.mutation(JoinGameDocument, { input }).toPromise();
    setBusy(false);
    if (data?.joinGame.__typename === "JoinGameSuccess") return navigate(`/game/${game.id}`);
    setLate(data?.joinGame.code === "SEAT_TAKEN");
    tell(data === undefined ? texts.notPlayed.other : refusal(data.joinGame.code, game, "X"));
  };
  return { busy, late, join: () => void join() };
}

function CancelButton({ game }: { game: Game }) {
  const commands = useCommands(game);
  return <button type="button" className="btn" onClick={() => void commands.cancel()}>{texts.lobby.cancel}</button>;
}
