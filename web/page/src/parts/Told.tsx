/** What the page says: to the ear in two regions that are always there, to the eye in a toast. */
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { polite, type Said, urgent } from "../announce";
import { type Store, useStore } from "../store";
import { toast } from "../toasts";
import { texts } from "../texts";
import { Icon } from "./icons";

const STAYS = 6_000;

export function LiveRegions() {
  return (
    <>
      <Region role="status" said={polite} />
      <Region role="alert" said={urgent} />
    </>
  );
}

/** Each text is a new node: the same one twice would not be said again. */
function Region({ role, said }: { role: "status" | "alert"; said: Store<Said> }) {
  const { text, number } = useStore(said);
  return (
    <div className="hide" role={role}>
      <span key={number}>{text}</span>
    </div>
  );
}

export function ToastBar() {
  const shown = useStore(toast);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (shown === null || held || shown.href !== undefined) return;
    const timer = setTimeout(() => toast.set(null), STAYS);
    return () => clearTimeout(timer);
  }, [shown, held]);
  if (shown === null) return null;
  return (
    <div className="toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
      {shown.warns && <Icon name="warn" />}
      <span>
        <b>{shown.title}</b> {shown.text}
      </span>
      {shown.href !== undefined && (
        <Link className="btn small" href={shown.href} onClick={() => toast.set(null)}>{texts.waiting.goThere}</Link>
      )}
    </div>
  );
}
