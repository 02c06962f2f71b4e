/** The slot between seats and board: whose turn it is, what is asked, what happens. Its height is fixed. */
import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "../parts/icons";
import { useStore } from "../store";
import { texts } from "../texts";
import { useNow } from "../useNow";
import { tryNow, type Wire, wire } from "../wire/wire";

export function Status({ children }: { children: ReactNode }) {
  return <p className="status">{children}</p>;
}

interface BannerProps {
  icon?: "again" | "check" | "warn";
  warns?: boolean;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}

export function Banner({ icon, warns = false, title, text, children }: BannerProps) {
  return (
    <div className={warns ? "banner" : "banner plain"}>
      {icon !== undefined && <Icon name={icon} />}
      <p>
        {title}{" "}
        {text !== undefined && <span>{text}</span>}
      </p>
      {children}
    </div>
  );
}

interface QuestionProps {
  title: string;
  text?: string | undefined;
  safe: string;
  does: string;
  onSafe: () => void;
  onDoes: () => void;
  /** whether the viewer asked for it and so looks for it with the keyboard */
  focused?: boolean;
}

/** A question: the safe choice first, which has the focus if the player raised it. */
export function Question({ title, text, safe, does, onSafe, onDoes, focused = false }: QuestionProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) first.current?.focus();
  }, [focused]);
  return (
    <Banner title={title} text={text}>
      <button ref={first} type="button" className="btn small" onClick={onSafe}>{safe}</button>
      <button type="button" className="btn small main" onClick={onDoes}>{does}</button>
    </Banner>
  );
}

export function Lost() {
  const now = useStore(wire);
  const [title, text] = saidOf(now, useNow(250));
  return (
    <Banner icon="warn" warns title={title} text={text}>
      <button type="button" className="btn small" onClick={tryNow}>{texts.wire.tryNow}</button>
    </Banner>
  );
}

function saidOf(wire: Wire, now: number): readonly [string, string] {
  if (!navigator.onLine) return [texts.wire.offline, texts.wire.offlineText];
  if (wire.state !== "lost") return [texts.wire.lostTitle(null), texts.wire.lostText];
  if (wire.restarting) return [texts.wire.restarting, texts.wire.restartingText];
  const seconds = wire.retryAt === null ? null : Math.max(1, Math.ceil((wire.retryAt - now) / 1_000));
  return [texts.wire.lostTitle(seconds), texts.wire.lostText];
}
