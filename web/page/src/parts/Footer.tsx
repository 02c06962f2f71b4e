/** The foot of every screen. */
import { texts } from "../texts";
import { panel } from "./panels";

export function Footer() {
  return (
    <footer className="foot wrap">
      <button type="button" className="link" onClick={() => panel.set("how")}>{texts.frame.how}</button>
      <button type="button" className="link" onClick={() => panel.set("keys")}>{texts.frame.keyboard}</button>
      <button type="button" className="link" onClick={() => panel.set("touch")}>{texts.frame.touch}</button>
      <button type="button" className="link" onClick={() => panel.set("wire")}>{texts.frame.wire}</button>
      <span>{texts.frame.language}</span>
      <span className="end">{texts.frame.plain}</span>
      <a href="/graphql">{texts.frame.graphiql}</a>
    </footer>
  );
}
