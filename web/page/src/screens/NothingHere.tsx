/** Where an address leads nowhere. */
import { useEffect } from "react";
import { Link } from "wouter";
import { texts } from "../texts";

export function NothingHere({ title = texts.missing.title, text = texts.missing.text }: { title?: string; text?: string }) {
  useEffect(() => {
    document.title = texts.title(title);
  }, [title]);
  return (
    <main className="wrap missing">
      <h1>{title}</h1>
      <p className="lead2">{text}</p>
      <Link className="btn main big" href="/">{texts.missing.home}</Link>
    </main>
  );
}
