/** A game that waits: for its creator, who sends the link, and for whoever opens it. */
import { useState } from "react";
import { useClient } from "urql";
import { useLocation } from "wouter";
import { SmallMark } from "../board/marks";
import { JoinGameDocument, type GameQuery } from "../generated/graphql";
import { refusal } from "../game/refusal";
import { Seats } from "../game/Seats";
import { canShare, copied, shared } from "../game/ShareButton";
import { Status } from "../game/Slot";
import { useCommands } from "../game/useCommands";
import { usePresence } from "../game/usePresence";
import { useSaid } from "../game/useSaid";
import { type Game, type Mark, opened, other } from "../game/words";
import { Icon } from "../parts/icons";
import { QrCode } from "../parts/QrCode";
import { ToastBar } from "../parts/Told";
import { texts } from "../texts";
import { tell } from "../toasts";
import { useNow } from "../useNow";
import { isUp, wire } from "../wire/wire";
import { useStart } from "./useStart";

interface WaitingProps {
  game: NonNullable<GameQuery["game"]>;
  mine: Mark | null;
  invite: string | null;
}

export function WaitingScreen({ game, mine, invite }: WaitingProps) {
  useSaid(game, mine, 0);
  const presence = usePresence(game.id, invite);
  return (
    <main className="game wrap">
      <h1 className="hide">{game.invite == null ? texts.waiting.heading : texts.waiting.headingFriend}</h1>
      <div className="play">
        <Seats game={game} mine={mine} turn={null} presence={presence} />
        {mine === null ? <Invited game={game} invite={invite} /> : <Waits game={game} invite={game.invite ?? null} />}
        <ToastBar />
      </div>
      <aside className="side" aria-label={texts.game.aside}>
        <Facts game={game} mine={mine} />
        {mine !== null && <WarmUp game={game} />}
      </aside>
    </main>
  );
}

/** The link that seats whoever sends what is after "#", which no server is told by a GET. */
function linkOf({ id }: Game, invite: string | null): string {
  return new URL(invite === null ? `/game/${id}` : `/invite/${id}#${invite}`, location.href).href;
}

function Waits({ game, invite }: { game: Game; invite: string | null }) {
  const now = useNow();
  const [, navigate] = useLocation();
  const commands = useCommands(game);
  const link = linkOf(game, invite);
  const said = [texts.waiting.copied, texts.waiting.copiedText] as const;
  const cancel = () => void commands.cancel().then(() => navigate("/"));
  const since = texts.span(now - Date.parse(game.createdAt));
  return (
    <>
      <Status>{invite === null ? texts.waiting.since(since) : texts.waiting.send}</Status>
      <div className={invite === null ? "card" : "card invite"}>
        {invite !== null && <QrCode text={link} label={texts.waiting.qr} />}
        <div className="stack">
          {invite !== null && (
            <div className="stack-s">
              <h2>{texts.waiting.showOrSend}</h2>
              <p className="small muted">{texts.waiting.showText}</p>
            </div>
          )}
          <div className="copy">
            <output aria-label={texts.waiting.link}>{link.replace(/^https?:\/\//, "")}</output>
            <button type="button" className="btn main" onClick={() => void copied(link, said)}>
              <Icon name="copy" />
              {texts.waiting.copy}
            </button>
          </div>
          <div className="acts">
            {canShare() && (
              <button type="button" className="btn" onClick={() => void shared(link, said)}>
                <Icon name="share" />
                {texts.waiting.shareMore}
              </button>
            )}
            <button type="button" className={canShare() ? "btn" : "btn full"} onClick={cancel}>{texts.waiting.cancel}</button>
          </div>
          <p className="small muted">{texts.waiting.text}</p>
        </div>
      </div>
    </>
  );
}

function Invited({ game, invite }: { game: Game; invite: string | null }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const free = other(game.players[0]?.mark ?? "X");
  const sit = async () => {
    if (!isUp(wire.get())) return tell(texts.notPlayed.needs, { warns: true });
    setBusy(true);
    const input = { gameId: game.id, invite, commandId: crypto.randomUUID() };
    const { data } = await client.mutation(JoinGameDocument, { input }).toPromise();
    setBusy(false);
    if (data?.joinGame.__typename === "JoinGameSuccess") return navigate(`/game/${game.id}`, { replace: true });
    tell(data === undefined ? texts.notPlayed.other : refusal(data.joinGame.code, game, free));
  };
  return (
    <>
      <Status>{invite === null ? texts.waiting.invited(game.creator.username) : texts.waiting.invites(game.creator.username)}</Status>
      <div className="card stack">
        <button type="button" className="btn main big wide" aria-busy={busy || undefined} onClick={() => void sit()}>
          {busy && <i className="spin" />}
          {busy ? texts.waiting.sitting : texts.waiting.sit(free)}
        </button>
        <p className="small muted">{texts.rules(game.rules)}</p>
      </div>
    </>
  );
}

function Facts({ game, mine }: { game: Game; mine: Mark | null }) {
  const taken = game.players[0]?.mark ?? "X";
  const isPublic = game.visibility === "PUBLIC";
  const guest = isPublic ? texts.waiting.someone : texts.waiting.friend;
  const [first, second] = mine === null ? [game.creator.username, texts.waiting.you] : [texts.waiting.you, guest];
  const watch = { PUBLIC: texts.waiting.everyone, LINK: texts.waiting.byLink, PRIVATE: texts.waiting.nobody };
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
          <dt>{texts.waiting.beginsRow}</dt>
          <dd>{texts.waiting.begins(opened(game))}</dd>
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
          <dd>
            {game.visibility === "PRIVATE" && <Icon name="lock" />}
            {watch[game.visibility]}
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** Play the house meanwhile: the page calls back when somebody sits down. */
function WarmUp({ game }: { game: Game }) {
  const { busy, start } = useStart();
  const house = { opponent: "HOUSE", level: "MEDIUM", rules: game.rules, isOwn: false, mark: "X", isLink: false } as const;
  return (
    <section className="card stack-s">
      <h2 className="h3">{texts.waiting.warmUp}</h2>
      <p className="small muted">{texts.waiting.warmUpText}</p>
      <button type="button" className="btn wide" aria-busy={busy || undefined} onClick={() => start(house)}>
        <Icon name="house" />
        {texts.waiting.playHouse}
      </button>
    </section>
  );
}
