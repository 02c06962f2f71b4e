/** Who plays here: a session that is kept in this browser, renewed in time, and begun as a guest. */
import { type SessionPartsFragment, SignUpDocument } from "../generated/graphql";
import { Store } from "../store";
import { stranger } from "../wire/client";
import { pause } from "../wire/wire";
import type { Tokens } from "./tokens";

export type Session = SessionPartsFragment;

const KEY = "xogql.session";

export const session = new Store<Session | null>(kept());

function kept(): Session | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") as Session | null;
    return found !== null && Date.parse(found.expiresAt) > Date.now() ? found : null;
  } catch {
    return null;
  }
}

export function keep(found: Session | null): void {
  if (found === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(found));
  session.set(found);
}

// Another tab of this browser is the same player.
window.addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) session.set(kept());
});

let entering: Promise<Session> | undefined;

/** Give the session, and begin one as a guest if there is none. */
export function entered(): Promise<Session> {
  const now = session.get();
  if (now !== null) return Promise.resolve(now);
  entering ??= enter().finally(() => (entering = undefined));
  return entering;
}

async function enter(): Promise<Session> {
  for (let attempts = 0; ; attempts++) {
    const found = await asGuest();
    if (found !== null) {
      keep(found);
      return found;
    }
    await pause(attempts);
  }
}

async function asGuest(): Promise<Session | null> {
  const input = { username: `guest-${crypto.randomUUID().slice(0, 8)}`, password: crypto.randomUUID() };
  const { data } = await stranger.mutation(SignUpDocument, { input }).toPromise();
  return data?.signUp.__typename === "Session" ? data.signUp : null;
}

export const tokens: Tokens = {
  header: async () => authorization(await entered()),
  refused: () => keep(null),
};

function authorization({ tokenType, accessToken }: Session): Record<string, string> {
  return { Authorization: `${tokenType} ${accessToken}` };
}


