/** The page: one frame, and a screen for each address. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Provider } from "urql";
import { Route, Switch, useLocation } from "wouter";
import { CallBack } from "./parts/CallBack";
import { Footer } from "./parts/Footer";
import { Header } from "./parts/Header";
import { Panels } from "./parts/panels";
import { LiveRegions } from "./parts/Told";
import { AccountScreen } from "./screens/AccountScreen";
import { GameScreen } from "./screens/GameScreen";
import { HomeScreen } from "./screens/HomeScreen";
import { MyGamesScreen } from "./screens/MyGamesScreen";
import { NothingHere } from "./screens/NothingHere";
import { WatchScreen } from "./screens/WatchScreen";
import { entered, session, tokens } from "./session/session";
import { useStore } from "./store";
import { useTop } from "./useTop";
import { connect } from "./wire/client";

export function App() {
  const [path] = useLocation();
  useTop(path);
  const isNarrow = ["/game/", "/invite/", "/account"].some((each) => path.startsWith(each));
  return (
    <Connected>
      <div className={isNarrow ? "g" : undefined}>
        <Header />
        <Switch>
          <Route path="/"><HomeScreen /></Route>
          <Route path="/game/:id">{({ id }) => <GameScreen key={id} gameId={id} />}</Route>
          <Route path="/invite/:id">{({ id }) => <GameScreen key={id} gameId={id} invite={location.hash.slice(1) || null} />}</Route>
          <Route path="/watch"><WatchScreen /></Route>
          <Route path="/games"><MyGamesScreen /></Route>
          <Route path="/account"><AccountScreen /></Route>
          <Route><NothingHere /></Route>
        </Switch>
        <Footer />
        <Panels />
      </div>
      <LiveRegions />
      <CallBack />
    </Connected>
  );
}

/** A client for who plays here, and another when somebody else does. */
function Connected({ children }: { children: ReactNode }) {
  const player = useStore(session)?.player.id;
  const known = useRef(player);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (player === undefined) void entered();
    else if (known.current !== undefined && known.current !== player) setTurn((now) => now + 1);
    known.current = player ?? known.current;
  }, [player]);
  const connection = useMemo(() => connect(tokens), [turn]);
  useEffect(() => () => connection.close(), [connection]);
  return <Provider value={connection.client}>{children}</Provider>;
}
