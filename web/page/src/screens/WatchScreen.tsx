/** All games that are being played. */
import { useEffect } from "react";
import { ToastBar } from "../parts/Told";
import { texts } from "../texts";
import { AllGamesOn } from "./GamesOn";

export function WatchScreen() {
  useEffect(() => {
    document.title = texts.title(texts.watch.title);
  }, []);
  return (
    <main className="wrap list">
      <h1 className="h2">{texts.watch.title}</h1>
      <AllGamesOn />
      <ToastBar />
    </main>
  );
}
