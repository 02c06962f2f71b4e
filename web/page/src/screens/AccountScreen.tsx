/** The account: keep what a guest has, sign in, log out. */
import { type ReactNode, useEffect, useId, useState } from "react";
import { type Client, useClient } from "urql";
import { Link, useLocation, useSearchParams } from "wouter";
import { ClaimAccountDocument, LoginDocument, LogoutDocument } from "../generated/graphql";
import { Icon } from "../parts/icons";
import { ToastBar } from "../parts/Told";
import { isGuest } from "../session/names";
import { keep, session } from "../session/session";
import { useStore } from "../store";
import { texts } from "../texts";
import { toggleTheme } from "../theme";
import { tell } from "../toasts";
import { stranger } from "../wire/client";
import { GameList } from "./MyGamesScreen";
import { useFinishedGames, useGamesNow } from "./useMyGames";

const SHOWN = 3;

export function AccountScreen() {
  const player = useStore(session)?.player;
  const now = useGamesNow() ?? [];
  const { games: over } = useFinishedGames();
  const games = [...now, ...(over ?? [])].slice(0, SHOWN);
  useEffect(() => {
    document.title = texts.title(texts.account.keep);
  }, []);
  if (player === undefined) return <main className="wrap" aria-busy="true" />;
  const guest = isGuest(player);
  return (
    <main className="wrap">
      <nav className="acts m-only" aria-label={texts.frame.main}>
        <Link className="btn" href="/watch">{texts.frame.watch}</Link>
        <Link className="btn" href="/games">{texts.frame.mine}</Link>
        <button type="button" className="btn" onClick={toggleTheme}>{texts.frame.theme}</button>
      </nav>
      <div className="pair">
        <div className="stack-l">
          <h1>{guest ? texts.account.keep : texts.account.yours(player.username)}</h1>
          <p className="lead2">{lead(player.username, guest, games.length > 0)}</p>
          <GameList games={games} />
        </div>
        {guest ? <Entrance /> : <LogOut />}
      </div>
      <ToastBar />
    </main>
  );
}

function lead(name: string, guest: boolean, hasGames: boolean): string {
  if (!guest) return texts.account.yoursLead;
  return hasGames ? texts.account.keepLead(name) : texts.account.keepNone(name);
}

type Fault = { readonly field: "name" | "password"; readonly text: string };

function Entrance() {
  const client = useClient();
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const [isNew, setIsNew] = useState(!parameters.has("sign-in"));
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const tabs = useId();

  const enter = async () => {
    setBusy(true);
    const name = username.trim();
    const entering = isNew ? claim(client, name, password) : logIn(name, password);
    const failed = await entering.catch((): Fault => unreachable);
    setBusy(false);
    setFault(failed);
    if (failed === null) navigate("/");
  };
  return (
    <form
      className="card stack-l"
      aria-label={texts.account.formLabel}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void enter();
      }}
    >
      <div className="seg">
        {[true, false].map((each) => (
          <label key={`${each}`}>
            <input
              type="radio"
              name={tabs}
              checked={isNew === each}
              onChange={() => {
                setIsNew(each);
                setFault(null);
              }}
            />
            {each ? texts.account.newHere : texts.account.have}
          </label>
        ))}
      </div>
      <Field
        label={texts.account.name}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        fault={fault?.field === "name" ? fault.text : null}
        hint={isNew ? texts.account.nameHint : null}
      />
      <Password value={password} onChange={setPassword} isNew={isNew} fault={fault?.field === "password" ? fault.text : null} />
      <button className="btn main big wide" aria-busy={busy || undefined}>
        {busy ? texts.account.busy : isNew ? texts.account.keepButton : texts.account.signInButton}
      </button>
      <p className="small muted">{isNew ? texts.account.noMail : texts.account.guestGames}</p>
      <Link className="btn quiet wide" href="/">{texts.account.notNow}</Link>
    </form>
  );
}

const unreachable: Fault = { field: "password", text: texts.account.unreachable };

/** A guest's games, and the session, stay: only the name is another, and there is a password. */
async function claim(client: Client, username: string, password: string): Promise<Fault | null> {
  const { data, error } = await client.mutation(ClaimAccountDocument, { input: { username, password } }).toPromise();
  if (data === undefined) throw error;
  const { claimAccount } = data;
  if (claimAccount.__typename !== "ClaimAccountSuccess") return faultOf(claimAccount, username);
  const now = session.get();
  if (now !== null) keep({ ...now, player: claimAccount.player });
  tell([texts.account.yours(claimAccount.player.username), texts.account.kept]);
  return null;
}

async function logIn(username: string, password: string): Promise<Fault | null> {
  const { data, error } = await stranger.mutation(LoginDocument, { input: { username, password } }).toPromise();
  if (data === undefined) throw error;
  const { login } = data;
  if (login.__typename !== "Session") return faultOf(login, username);
  keep(login);
  tell([texts.account.signedIn(login.player.username), ""]);
  return null;
}

interface Refused {
  readonly code: string;
  readonly retryAfter?: number | null | undefined;
  readonly suggestions?: readonly string[];
}

function faultOf(refused: Refused, username: string): Fault {
  switch (refused.code) {
    case "USERNAME_TAKEN":
      return { field: "name", text: texts.account.taken(username, refused.suggestions ?? []) };
    case "USERNAME_NOT_ALLOWED":
      return { field: "name", text: texts.account.nameNotAllowed };
    case "PASSWORD_NOT_ALLOWED":
      return { field: "password", text: texts.account.passwordNotAllowed };
    case "TOO_MANY_ATTEMPTS":
      return { field: "password", text: texts.account.tooMany(refused.retryAfter ?? 1) };
    default:
      return { field: "password", text: texts.account.wrong };
  }
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: string;
  fault: string | null;
  hint: string | null;
  type?: "text" | "password";
  children?: ReactNode;
}

function Field({ label, value, onChange, autoComplete, fault, hint, type = "text", children }: FieldProps) {
  const id = useId();
  const told = fault ?? hint;
  return (
    <div className={fault === null ? "field" : "field wrong"}>
      <label htmlFor={id}>{label}</label>
      <div className="with">
        <input
          id={id}
          type={type}
          value={value}
          required
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={fault !== null}
          aria-describedby={told === null ? undefined : `${id}-told`}
          onChange={({ target }) => onChange(target.value)}
        />
        {children}
      </div>
      {fault !== null && (
        <p className="bad" id={`${id}-told`} role="alert">
          <Icon name="warn" />
          <span>{fault}</span>
        </p>
      )}
      {fault === null && hint !== null && <p className="hint" id={`${id}-told`}>{hint}</p>}
    </div>
  );
}

function Password({ value, onChange, isNew, fault }: Pick<FieldProps, "value" | "onChange" | "fault"> & { isNew: boolean }) {
  const [seen, setSeen] = useState(false);
  return (
    <Field
      label={texts.account.password}
      value={value}
      onChange={onChange}
      autoComplete={isNew ? "new-password" : "current-password"}
      fault={fault}
      hint={isNew ? texts.account.passwordHint : null}
      type={seen ? "text" : "password"}
    >
      <button type="button" className="btn quiet small" aria-pressed={seen} onClick={() => setSeen(!seen)}>
        {seen ? texts.account.hide : texts.account.show}
      </button>
    </Field>
  );
}

function LogOut() {
  const client = useClient();
  const leave = async () => {
    await client.mutation(LogoutDocument, {}).toPromise();
    keep(null);
    tell([texts.account.loggedOut, ""]);
  };
  return (
    <div className="card stack-l">
      <button type="button" className="btn big wide" onClick={() => void leave()}>{texts.account.logOut}</button>
    </div>
  );
}
