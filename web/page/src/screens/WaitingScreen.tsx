/** A game that waits: for its creator, and for whoever may sit down. */
import { useState } from "react";
import { useClient } from "urql";
import { useLocation } from "wouter";
import { SmallMark } from "../board/marks";
import { CancelGameDocument, JoinGameDocument } from "../generated/graphql";
import { command } from "../game/command";
import { refusal } from "../game/refusal";
import { Seats } from "../game/Seats";
import { Status } from "../game/Slot";
import { useSaid } from "../game/useSaid";
import { type Game, type Mark, other } from "../game/words";
import { ToastBar } from "../parts/Told";
import { texts } from "../texts";
import { tell } from "../toasts";
import { useNow } from "../useNow";

export function WaitingScreen({ game, mine }: { game: Game; mine: Mark | null }) {
  useSaid(game, mine, 0);
  return (
    <main className="game wrap">
      <h1 className="hide">{texts.waiting.heading}</h1>
      <div className="play">
        <Seats game={game} mine={mine} turn={null} />
        {mine === null ? <Invited game={game} /> : <Waits game={game} />}
        <ToastBar />
      </div>
      <aside className="side" aria-label={texts.game.aside}>
        <Facts game={game} mine={mine} />
      </aside>
    </main>
  );
}

function Waits({ game }: { game: Game }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const now = useNow();
  const cancel = () => {
    const input = { gameId: game.id, commandId: crypto.randomUUID() };
    command(client, game.id, CancelGameDocument, { input })
      .then(({ cancelGame }) => {
        if (cancelGame.__typename === "CancelGameSuccess") navigate("/");
        else tell(refusal(cancelGame.code, cancelGame.game, "X"));
      })
      .catch(() => tell(texts.notPlayed.other));
  };
  return (
    <>
      <Status>{texts.waiting.since(texts.span(now - Date.parse(game.createdAt)))}</Status>
      <div className="card stack">
        <div className="acts">
          <button type="button" className="btn full" onClick={cancel}>{texts.waiting.cancel}</button>
        </div>
        <p className="small muted">{texts.waiting.text}</p>
      </div>
    </>
  );
}

function Invited({ game }: { game: Game }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const free = other(game.players[0]?.mark ?? "X");
  const sit = async () => {
    setBusy(true);
    const input = { gameId: game.id, commandId: crypto.randomUUID() };
    const { data } = await client.mutation(JoinGameDocument, { input }).toPromise();
    setBusy(false);
    if (data?.joinGame.__typename === "JoinGameSuccess") return;
    tell(data === undefined ? texts.notPlayed.other : refusal(data.joinGame.code, game, free));
  };
  return (
    <>
      <Status>{texts.waiting.invited(game.creator.username)}</Status>
      <div className="card stack">
        <button type="button" className="btn main big wide" aria-busy={busy || undefined} onClick={() => void sit()}>
          {busy ? texts.waiting.sitting : texts.waiting.sit(free)}
        </button>
      </div>
    </>
  );
}

function Facts({ game, mine }: { game: Game; mine: Mark | null }) {
  const taken = game.players[0]?.mark ?? "X";
  const [first, second] = mine === null ? [game.creator.username, texts.waiting.you] : [texts.waiting.you, texts.waiting.someone];
  return (
    <section className="card">
      <div className="head">
        <h2>{texts.waiting.thisGame}</h2>
      </div>
      <dl className="facts">
        <div>
          <dt>{texts.waiting.boardRow}</dt>
          <dd>{texts.rules(game.rules)}</dd>
        </div>
        <div>
          <dt>{texts.waiting.marksRow}</dt>
          <dd>
            <SmallMark mark={taken} />
            {first}, <SmallMark mark={other(taken)} />
            {second}
          </dd>
        </div>
        <div>
          <dt>{texts.waiting.watchRow}</dt>
          <dd>{texts.waiting.everyone}</dd>
        </div>
      </dl>
    </section>
  );
}
