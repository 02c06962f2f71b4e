/** Calls the player back when somebody sits down at a game of theirs that waits. */
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { say } from "../announce";
import { useGamesNow } from "../screens/useMyGames";
import { texts } from "../texts";
import { toast } from "../toasts";

export function CallBack() {
  const games = useGamesNow();
  const [path] = useLocation();
  const waiting = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, status } of games ?? []) {
      if (status === "WAITING") waiting.current.add(id);
      else if (waiting.current.delete(id) && !path.includes(id)) {
        toast.set({ title: texts.waiting.callBack, text: "", warns: false, href: `/game/${id}` });
        say(texts.waiting.callBack);
      }
    }
  }, [games, path]);
  return null;
}
