/** Where one comes in: the board is the button. */
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { Board } from "../board/Board";
import { SmallMark } from "../board/marks";
import { areAllowed, isSameRules, PRESETS } from "../game/presets";
import type { Rules } from "../game/words";
import { ToastBar } from "../parts/Told";
import { isGuest } from "../session/names";
import { session } from "../session/session";
import { useStore } from "../store";
import { texts } from "../texts";
import { Lobby } from "./Lobby";
import { Setup, type Wish } from "./Setup";
import { useStart } from "./useStart";
import { GamesOn } from "./GamesOn";

export function HomeScreen() {
  const [wish, change] = useWish();
  const { busy, first, start } = useStart();
  const player = useStore(session)?.player;
  const allowed = areAllowed(wish.rules);
  const shown = allowed ? wish.rules : PRESETS[0]!;
  const against = { ANYONE: texts.home.someone, HOUSE: texts.home.houseAt(texts.home.levels[wish.level]), FRIEND: texts.home.aFriend }[wish.opponent];
  const mark = wish.isOwn && wish.mark === "O" ? "O" : "X";
  useEffect(() => {
    document.title = texts.title(texts.home.title);
  }, []);

  return (
    <main className="wrap">
      <section className="hero">
        <div className="intro">
          <div className="words">
            <h1>{texts.home.heading}</h1>
            <p className="lead">{texts.home.lead(mark)}</p>
          </div>
          <form
            className="setup"
            onSubmit={(event) => {
              event.preventDefault();
              if (allowed && !busy) start(wish);
            }}
          >
            <Setup wish={wish} change={change} />
            <div className="go">
              <button className="btn main big" aria-busy={busy || undefined} aria-disabled={!allowed || undefined}>
                {busy && <i className="spin" />}
                {busy ? texts.home.starting : texts.home.play}
              </button>
              {player !== undefined && (
                <p className="small muted">
                  {isGuest(player) ? (
                    <>
                      {texts.home.youAre(player.username)} <Link href="/account">{texts.home.chooseName}</Link> {texts.home.or}{" "}
                      <Link href="/account?sign-in">{texts.home.signIn}</Link>.
                    </>
                  ) : (
                    texts.home.welcome(player.username)
                  )}
                </p>
              )}
            </div>
          </form>
        </div>
        <figure>
          <div className="sheet">
            <Board
              rules={shown}
              moves={[]}
              label={texts.home.board(shown)}
              placing={mark}
              sent={first}
              onPress={(cell) => allowed && !busy && start(wish, cell)}
            />
          </div>
          <figcaption>
            <span>
              <SmallMark mark={mark} />
              {texts.home.you}
            </span>
            <span>
              <SmallMark mark={mark === "X" ? "O" : "X"} />
              {against}
            </span>
          </figcaption>
        </figure>
      </section>
      <div className="two">
        <Lobby onNew={() => start({ ...wish, opponent: "ANYONE", isLink: false })} />
        <GamesOn />
      </div>
      <ToastBar />
    </main>
  );
}

/** What is chosen; rules may come with the address, from "Play 6×6 yourself". */
function useWish() {
  const [parameters] = useSearchParams();
  const [wish, setWish] = useState<Wish>(() => {
    const [rows, columns, line] = ["rows", "columns", "line"].map((each) => Number(parameters.get(each)));
    const asked = { rows, columns, line } as Rules;
    const rules = areAllowed(asked) ? asked : PRESETS[0]!;
    const isOwn = !PRESETS.some((each) => isSameRules(each, rules));
    return { opponent: "HOUSE", rules, isOwn, mark: "X", level: "MEDIUM", isLink: false };
  });
  const change = (part: Partial<Wish>) => setWish((now) => ({ ...now, ...part }));
  return [wish, change] as const;
}
