/** What can be done beside moving. */
import { Link } from "wouter";
import { Icon } from "../parts/icons";
import { sound, toggleSound } from "../sound";
import { useStore } from "../store";
import { texts } from "../texts";
import { tell } from "../toasts";
import { ShareButton } from "./ShareButton";
import { arriving } from "./useArrival";
import type { Commands } from "./useCommands";
import type { Presence } from "./usePresence";
import { type Game, isOffered, type Mark, opened, other } from "./words";

interface ActionsProps {
  game: Game;
  mine: Mark | null;
  up: boolean;
  commands: Commands;
  presence: Presence | null;
  onAsk: (what: "resign" | "abort") => void;
}

export function Actions(props: ActionsProps) {
  if (props.game.status !== "PLAYING") return <After {...props} />;
  if (props.mine === null) return <Watching {...props} />;
  return <Playing {...props} mine={props.mine} />;
}

function Playing({ game, mine, up, commands, presence, onAsk }: ActionsProps & { mine: Mark }) {
  const played = game.moves.slice(opened(game));
  const isEarly = played.length < 2;
  const hasMoved = played.some(({ mark }) => mark === mine);
  const needs = up ? null : texts.notPlayed.needs;
  const asked = needs ?? (game.offers.length > 0 ? texts.game.askedAlready : null);
  const unmoved = asked ?? (hasMoved ? null : texts.game.noMoveYet);
  return (
    <>
      <div className="acts">
        <Act icon="draw" reason={asked} onClick={() => void commands.offer("DRAW")}>{texts.game.offerDraw}</Act>
        <Act icon="flag" reason={needs} onClick={() => onAsk(isEarly ? "abort" : "resign")}>
          {isEarly ? texts.game.callOff : texts.game.resign}
        </Act>
        <Act className="btn full" icon="undo" reason={unmoved} onClick={() => void commands.offer("TAKEBACK")}>
          {texts.game.takeBack}
        </Act>
      </div>
      {up ? <Meta presence={presence} /> : <p className="small muted">{texts.game.offlineActs}</p>}
    </>
  );
}

interface ActProps {
  className?: string;
  icon: "draw" | "flag" | "undo";
  /** why it cannot be done now, if it cannot */
  reason: readonly [string, string] | null;
  onClick: () => void;
  children: string;
}

/** What cannot be done now can be pressed all the same, and says why. */
function Act({ className = "btn", icon, reason, onClick, children }: ActProps) {
  return (
    <button
      type="button"
      className={className}
      aria-disabled={reason !== null || undefined}
      onClick={reason === null ? onClick : () => tell(reason, { warns: true })}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}

function Watching({ game, presence }: ActionsProps) {
  return (
    <>
      <section className="card stack-s">
        <h2 className="h3">{texts.game.watchingTitle}</h2>
        <p className="small muted">{texts.game.watchingText}</p>
        <Link className="btn wide" href={homeFor(game)}>{texts.game.playYourself(game.rules)}</Link>
      </section>
      <Meta presence={presence} />
    </>
  );
}

function After({ game, mine, up, commands }: ActionsProps) {
  const isAsked = isOffered(game, "REMATCH", mine);
  const canAsk = mine !== null && game.status === "FINISHED" && game.rematch == null;
  return (
    <div className="acts">
      {game.rematch != null && (
        <Link className="btn main big full" href={`/game/${game.rematch.id}`} {...arriving()}>{texts.game.theRematch}</Link>
      )}
      {canAsk && (
        <button
          type="button"
          className="btn main big full"
          aria-disabled={isAsked || !up || undefined}
          onClick={isAsked ? undefined : () => void commands.offer("REMATCH")}
        >
          <Icon name="again" />
          {texts.over.rematch(other(mine))}
        </button>
      )}
      <Link className={canAsk || game.rematch != null ? "btn" : "btn main big full"} href={homeFor(game)}>{texts.game.newGame}</Link>
      <ShareButton className={canAsk || game.rematch != null ? "btn" : "btn full"} />
    </div>
  );
}

function Meta({ presence }: { presence: Presence | null }) {
  const loud = useStore(sound);
  return (
    <div className="meta">
      {presence !== null && presence.watchers > 0 && (
        <span className="watchers">
          <Icon name="eye" />
          {texts.game.watchers(presence.watchers)}
        </span>
      )}
      <ShareButton className="btn quiet end" />
      <button type="button" className="btn quiet" aria-pressed={loud} onClick={toggleSound}>
        <Icon name={loud ? "loud" : "mute"} />
        {loud ? texts.game.soundOn : texts.game.soundOff}
      </button>
    </div>
  );
}

/** Where the same rules can be played. */
function homeFor({ rules: { rows, columns, line } }: Game): string {
  return `/?rows=${rows}&columns=${columns}&line=${line}`;
}
