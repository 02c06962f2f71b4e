/** What can be done beside moving. */
import { useLocation } from "wouter";
import { Icon } from "../parts/icons";
import { sound, toggleSound } from "../sound";
import { useStore } from "../store";
import { texts } from "../texts";
import { tell } from "../toasts";
import type { Game, Mark } from "./words";

interface ActionsProps {
  game: Game;
  mine: Mark | null;
  up: boolean;
  onResign: () => void;
}

export function Actions({ game, mine, up, onResign }: ActionsProps) {
  const [, navigate] = useLocation();
  const home = () => navigate(`/?${rulesInAddress(game)}`);
  if (game.status !== "PLAYING") {
    return (
      <div className="acts">
        <button type="button" className="btn main big full" onClick={home}>{texts.game.newGame}</button>
        <ShareButton className="btn full" />
      </div>
    );
  }
  if (mine === null) {
    return (
      <>
        <section className="card stack-s">
          <h2 className="h3">{texts.game.watchingTitle}</h2>
          <p className="small muted">{texts.game.watchingText}</p>
          <button type="button" className="btn wide" onClick={home}>{texts.game.playYourself(game.rules)}</button>
        </section>
        <Meta />
      </>
    );
  }
  return (
    <>
      <div className="acts">
        <button
          type="button"
          className="btn full"
          aria-disabled={!up || undefined}
          onClick={up ? onResign : () => tell(texts.notPlayed.needs, { warns: true })}
        >
          <Icon name="flag" />
          {texts.game.resign}
        </button>
      </div>
      {up ? <Meta /> : <p className="small muted">{texts.game.offlineActs}</p>}
    </>
  );
}

function Meta() {
  const loud = useStore(sound);
  return (
    <div className="meta">
      <ShareButton className="btn quiet end" />
      <button type="button" className="btn quiet" aria-pressed={loud} onClick={toggleSound}>
        <Icon name={loud ? "loud" : "mute"} />
        {loud ? texts.game.soundOn : texts.game.soundOff}
      </button>
    </div>
  );
}

/** Shares the position that is shown: it is in the address. */
export function ShareButton({ className, url }: { className: string; url?: string }) {
  const share = () => void shared(url ?? location.href);
  return (
    <button type="button" className={className} onClick={share}>
      <Icon name="share" />
      {texts.game.share}
    </button>
  );
}

async function shared(url: string): Promise<void> {
  if (navigator.share !== undefined && matchMedia("(pointer: coarse)").matches) {
    return navigator.share({ url }).catch(() => undefined);
  }
  await navigator.clipboard.writeText(url);
  tell([texts.game.shared, texts.game.sharedText]);
}

function rulesInAddress({ rules }: Game): URLSearchParams {
  return new URLSearchParams(Object.entries({ rows: rules.rows, columns: rules.columns, line: rules.line }).map(([name, each]) => [name, `${each}`]));
}
