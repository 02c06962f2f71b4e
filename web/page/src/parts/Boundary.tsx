/** Where a fault of the page itself ends: the game is on the server, and can be loaded again. */
import { Component, type ReactNode } from "react";
import { texts } from "../texts";

export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="wrap missing" role="alert">
        <h1>{texts.broken.title}</h1>
        <p className="lead2">{texts.broken.text}</p>
        <button type="button" className="btn main big" onClick={() => location.reload()}>{texts.broken.again}</button>
      </main>
    );
  }
}
