/** The top of every screen. */
import { Link, useLocation } from "wouter";
import { initials, isGuest } from "../session/names";
import { session } from "../session/session";
import { useStore } from "../store";
import { texts } from "../texts";
import { toggleTheme } from "../theme";
import { Icon } from "./icons";
import { WireChip } from "./WireChip";
import { Wordmark } from "./Wordmark";

export function Header() {
  const player = useStore(session)?.player;
  return (
    <header className="top wrap">
      <Link className="brand" href="/" aria-label={texts.frame.home}>
        <Wordmark />
      </Link>
      <nav aria-label={texts.frame.main}>
        <Tab href="/" also={["/game/", "/invite/"]}>{texts.frame.play}</Tab>
        <Tab href="/watch">{texts.frame.watch}</Tab>
        <Tab href="/games" also={["/account"]}>{texts.frame.mine}</Tab>
      </nav>
      <WireChip />
      <button type="button" className="btn quiet square d-only" aria-label={texts.frame.theme} onClick={toggleTheme}>
        <Icon name="theme" />
      </button>
      {player !== undefined && (
        <Link className="who" href="/account" aria-label={texts.frame.account(player.username, isGuest(player), initials(player.username))}>
          <b className="ini m-only" aria-hidden="true">{initials(player.username)}</b>
          <b>{player.username}</b> {isGuest(player) && <span>{texts.frame.guest}</span>}
        </Link>
      )}
    </header>
  );
}

function Tab({ href, also = [], children }: { href: string; also?: string[]; children: string }) {
  const [path] = useLocation();
  const isHere = path === href || also.some((each) => path.startsWith(each));
  return (
    <Link href={href} aria-current={isHere ? "page" : undefined}>
      {children}
    </Link>
  );
}
