/** Who plays here: a session that this browser keeps, that begins as a guest and is renewed in time. */
import type { CombinedError } from "urql";
import { PlayAsGuestDocument, RenewSessionDocument, type SessionPartsFragment } from "../generated/graphql";
import { Store } from "../store";
import { texts } from "../texts";
import { tell } from "../toasts";
import { stranger } from "../wire/client";
import { tokenRefused } from "../wire/failures";
import { pause } from "../wire/wire";
import type { Tokens } from "./tokens";

export interface Session extends SessionPartsFragment {
  /** When this browser was given the token. */
  readonly since: number;
}

const KEY = "xogql.session";
const LOOK_EVERY = 60_000;

export const session = new Store<Session | null>(kept());

function kept(): Session | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") as Session | null;
    return found !== null && Date.parse(found.expiresAt) > Date.now() ? found : null;
  } catch {
    return null;
  }
}

export function keep(found: SessionPartsFragment | null): Session | null {
  const now = found && { ...found, since: Date.now() };
  if (now === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(now));
  session.set(now);
  return now;
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
    const { data } = await stranger.mutation(PlayAsGuestDocument, {}).toPromise();
    const found = data?.playAsGuest;
    if (found?.__typename === "Session") return keep(found)!;
    await pause(attempts);
  }
}

/** Take another token when half of this one's time is over, so that nobody notices that it ends. */
async function renew(): Promise<void> {
  const now = session.get();
  if (now === null || Date.now() < halfTime(now)) return;
  const fetchOptions = { headers: authorization(now) };
  const { data, error } = await stranger.mutation(RenewSessionDocument, {}, { fetchOptions }).toPromise();
  if (session.get() !== now) return;
  if (data) keep(data.renewSession);
  else if (isRefused(error)) signedOut();
}

function halfTime({ since, expiresAt }: Session): number {
  return (since + Date.parse(expiresAt)) / 2;
}

/** Look once in a while, for a tab that slept, and at the moment. */
function watchTime(): void {
  clearTimeout(timer);
  const now = session.get();
  const left = now === null ? LOOK_EVERY : Math.max(1_000, halfTime(now) - Date.now());
  timer = setTimeout(() => void renew().finally(watchTime), Math.min(LOOK_EVERY, left));
}

let timer: ReturnType<typeof setTimeout> | undefined;
session.watch(watchTime);
void renew().finally(watchTime);

function isRefused(error: CombinedError | undefined): boolean {
  return error !== undefined && tokenRefused(error);
}

/** The server does not know this session any more: go on as a guest. */
function signedOut(): void {
  if (session.get()?.player.kind === "MEMBER") tell([texts.account.signedOut, texts.account.signedOutText]);
  keep(null);
}

export const tokens: Tokens = {
  header: async () => authorization(await entered()),
  refused: ({ Authorization }) => {
    const now = session.get();
    if (now !== null && authorization(now)["Authorization"] === Authorization) signedOut();
  },
};

function authorization({ tokenType, accessToken }: SessionPartsFragment): Record<string, string> {
  return { Authorization: `${tokenType} ${accessToken}` };
}
