/** Every text of the page, by screen. For another language, write this file anew. */
import { type Cell, type Mark, nameOf, type Rules } from "./game/words";

const NUMBERS = [
  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
  "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
const number = (value: number) => NUMBERS[value] ?? `${value}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const size = ({ rows, columns }: Rules) => `${rows}×${columns}`;
const spoken = ({ rows, columns }: Rules) => `${number(rows)} by ${number(columns)}`;
const line = ({ line }: Rules) => `${number(line)} in a row`;
const list = (cells: readonly Cell[]) => cells.map(nameOf).join(", ");
const an = (mark: Mark) => `an ${mark}`;

const THE_HOUSE = "The house";
/** A name within a sentence. */
const within = (name: string) => (name === THE_HOUSE ? "the house" : name);

/** How long something has been so: "20 s", "4 min", "2 h", "3 days". */
function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? "1 day" : `${days} days`;
}

interface CellSaid extends Cell {
  mark: Mark | null;
  number: number | null;
  last: boolean;
  won: boolean;
  aimed: boolean;
  pending: "sent" | "refused" | null;
  mine: Mark | null;
  word: string | null;
  good: boolean;
  erred: boolean;
}

export const texts = {
  /** Of the language that this file is in, for what the browser puts into words. */
  locale: "en",
  name: "xogql",
  size,
  line,
  rules: (rules: Rules) => `${size(rules)}, ${line(rules)}`,
  span,
  title: (screen: string) => `${screen} · xogql`,
  theHouse: THE_HOUSE,

  frame: {
    home: "xogql, home",
    main: "Main",
    play: "Play",
    watch: "Watch",
    mine: "My games",
    theme: "Light or dark",
    account: (name: string, guest: boolean, initials: string) =>
      `${name}${guest ? " guest" : ""}, ${initials}: your account`,
    guest: "guest",
    how: "How to play",
    keyboard: "Keyboard",
    touch: "Touch",
    language: "Language: English",
    plain: "This page is a plain GraphQL client.",
    wire: "Show the wire",
    graphiql: "GraphiQL",
  },

  wire: {
    connecting: "Connecting",
    live: "Live",
    slow: (milliseconds: number) => `Slow, ${milliseconds} ms`,
    lost: "No connection",
    catchup: "Catching up",
    back: "Back",
    tryNow: "Try now",
    lostTitle: (seconds: number | null) =>
      seconds === null ? "Connection lost. Trying now." : `Connection lost. Next try in ${seconds} s.`,
    lostAlert: "Connection lost. Your game is safe. Moves wait.",
    lostText: "Your game is safe. Moves wait.",
    offline: "You are offline.",
    offlineText: "We go on when the network is back.",
    restarting: "The server is restarting.",
    restartingText: "Back in a moment.",
    catching: (shown: number, all: number) => `Back. Catching up: ${shown} of ${all} moves`,
    skip: "Skip to now",
    caught: (what: string) => `Caught up. ${what}`,
    played: (name: string, cell: Cell) => `${name} played ${nameOf(cell)}.`,
    missed: (moves: number) => `${moves} moves were made.`,
    yourTurn: "It is your turn.",
  },

  log: {
    title: "The wire",
    empty: "Nothing yet.",
    explain: "The GraphQL messages of this page as they go. → asked, ← answered, ⇠ told.",
  },

  home: {
    title: "Play XO",
    heading: "Your move.",
    lead: (mark: Mark) => `Put ${an(mark)} on the board and the game is on. No sign-up, nothing to install.`,
    against: "Against",
    anyone: "Anyone",
    house: "The house",
    friend: "A friend",
    game: "The game",
    own: "Your own",
    ownHint: "any size to 19",
    rows: "Rows",
    columns: "Columns",
    inARow: "In a row",
    yourMark: "Your mark",
    byLot: "By lot",
    who: "Who can watch",
    everyone: "Everyone",
    byLink: "By link",
    strong: "How strong",
    levels: { EASY: "Easy", MEDIUM: "Medium", HARD: "Hard", PERFECT: "Perfect" },
    play: "Play now",
    starting: "Starting",
    you: "you",
    someone: "anyone",
    aFriend: "your friend",
    houseAt: (level: string) => `the house, ${level.toLowerCase()}`,
    youAre: (name: string) => `You are ${name}, a guest.`,
    chooseName: "Choose a name",
    or: "or",
    signIn: "sign in",
    welcome: (name: string) => `You play as ${name}.`,
    board: (rules: Rules) => `Your first move: ${spoken(rules)}, all cells empty`,
    fits: (rules: Rules) => `A line of ${rules.line} does not fit on ${size(rules)}.`,
    sides: "Rows and columns are 3 to 19, a line is 3 or more.",
  },

  lobby: {
    title: "Waiting for someone",
    newGame: "New game",
    join: "Join",
    joining: "Joining",
    taken: "Just taken",
    tag: "new",
    you: "You",
    cancel: "Cancel",
    youPlay: (mark: Mark) => `You play ${mark}.`,
    begins: (moves: number) => `Begins after move ${moves}.`,
    waiting: (since: string) => `Waiting ${since}`,
    justNow: "Now",
    empty: "Nobody is waiting.",
    emptyHint: "Start a game, or play the house.",
    quicker: (more: number) =>
      more === 0
        ? "Someone was quicker."
        : `Someone was quicker. ${capital(number(more))} ${more === 1 ? "game like it is" : "games like it are"} waiting.`,
  },

  watch: {
    title: "Being played now",
    all: (games: number) => `All ${games}`,
    none: "No games right now.",
    noneHint: "Yours would be the first.",
    move: (moves: number) => (moves === 0 ? "no move yet" : `move ${moves}`),
    watch: "Watch",
    against: "against",
  },

  mine: {
    title: "My games",
    none: "No games yet.",
    noneHint: "Your games are kept here, on this device.",
    start: "Play",
    on: "On now",
    over: "Over",
    waiting: "Waiting for someone",
    playing: (name: string) => `Playing ${within(name)}`,
    won: (name: string) => `Won against ${within(name)}`,
    lost: (name: string) => `Lost to ${within(name)}`,
    drew: (name: string) => `Drew with ${within(name)}`,
    cancelled: "Called off",
    yourTurn: "your turn",
    more: "Show more",
  },

  board: {
    label: (rules: Rules, state: string) => `Board, ${spoken(rules)}, ${state}`,
    toMove: (mark: Mark) => `${mark} to move`,
    has: (mark: Mark) => `${mark} has won`,
    drawn: "a draw",
    paused: "paused",
    catching: "catching up",
    waiting: "waiting",
    after: (move: number) => `after move ${move}, looking back`,
    cell: (cell: CellSaid) => {
      const parts: (string | false)[] = [nameOf(cell)];
      if (cell.mark !== null) {
        parts.push(cell.mark, `move ${cell.number}`);
        parts.push(cell.last && "last move", cell.won && "in the winning line");
        parts.push(cell.erred && "played here: a mistake");
      } else if (cell.pending === "sent") parts.push(`${cell.mine}, sent`);
      else if (cell.word !== null) parts.push(cell.good ? `would have: ${cell.word}` : cell.word);
      else parts.push("empty", cell.aimed && "aimed at");
      return parts.filter(Boolean).join(", ");
    },
    row: (row: number, cells: readonly (Mark | null)[]) =>
      `Row ${row + 1}: ${cells.map((each) => each ?? "empty").join(", ")}.`,
    place: (mark: Mark, cell: Cell) => `Place ${mark} at ${nameOf(cell)}`,
    placeNone: "Aim first",
    notYourTurn: "Not your turn",
    notNow: "Looking back",
    aim: { left: "Aim left", up: "Aim up", down: "Aim down", right: "Aim right" },
  },

  game: {
    you: "you",
    flag: { toMove: "To move", winner: "Winner", draw: "Draw", DRAW: "Draw?", TAKEBACK: "Take back?", REMATCH: "Rematch?" },
    offers: { DRAW: "Offers a draw", TAKEBACK: "Wants it back", REMATCH: "Wants a rematch" },
    openSeat: "Open seat",
    friendSeat: "Your friend",
    here: "Here",
    offline: "Offline",
    unknown: "Not known",
    away: (since: string) => `Away ${since}`,
    cut: (since: string) => `Cut off ${since}`,
    left: (since: string) => `Left ${since}`,
    thinking: (level: string) => `${level}, thinking…`,
    waiting: (since: string) => `Waiting ${since}`,
    yourTurnShort: "Your turn.",
    placeA: (mark: Mark) => `Place ${an(mark)}.`,
    theirTurn: (name: string) => `${name} is to move.`,
    tapToAim: "Tap to aim, then place.",
    sending: "Still sending…",
    watchingTitle: "You are watching",
    watchingText: "Only the two players can move. Want a board of your own?",
    playYourself: (rules: Rules) => `Play ${size(rules)} yourself`,
    lookingBack: (move: number) => `Looking back: move ${move}`,
    lookingBackStart: "Looking back: the start",
    toTheEnd: "To the end",
    toNow: "To now",
    moves: "Moves",
    opening: (moves: number) => (moves === 1 ? "The first move is from" : `The first ${moves} moves are from`),
    another: "another game",
    movesLive: (moves: number) => (moves === 0 ? "No move yet" : `Move ${moves}, live`),
    move: "Move",
    position: "Position",
    positionText: (number: number, all: number, move: (Cell & { mark: Mark }) | undefined) =>
      move === undefined ? `Start of ${all} moves` : `Move ${number} of ${all}, ${move.mark} ${nameOf(move)}`,
    first: "First position",
    back: "One back",
    on: "One on",
    now: "Now",
    offerDraw: "Offer a draw",
    resign: "Resign",
    share: "Share",
    shared: "Link copied.",
    sharedText: "It opens this position.",
    soundOn: "Sound on",
    soundOff: "Sound off",
    offlineActs: "Looking back through the moves works offline. Offers and resigning need the connection.",
    aside: "Game",
    resignAsk: (name: string) => `Resign? ${name} wins.`,
    keep: "Keep playing",
    callOff: "Call it off",
    callOffAsk: "Call the game off?",
    callOffText: "Nobody wins.",
    takeBack: "Take a move back",
    askedAlready: ["One thing at a time.", "There is an offer to answer."] as const,
    noMoveYet: ["There is no move of yours to take back.", ""] as const,
    asked: {
      DRAW: (name: string) => `${name} offers a draw.`,
      TAKEBACK: (name: string) => `${name} asks to take a move back.`,
      REMATCH: (name: string) => `${name} wants a rematch.`,
    },
    askedText: {
      DRAW: "Playing on declines it.",
      TAKEBACK: "Playing on declines it.",
      REMATCH: (mark: Mark) => `You would play ${mark}.`,
    },
    yes: { DRAW: "Accept", TAKEBACK: "Allow", REMATCH: "Rematch" },
    no: { DRAW: "Play on", TAKEBACK: "No", REMATCH: "No, thanks" },
    sentOffer: { DRAW: "Draw offered.", TAKEBACK: "Asked to take a move back.", REMATCH: "Asked for a rematch." },
    withdraw: { DRAW: "Take back", TAKEBACK: "Let it stand", REMATCH: "Take back" },
    declined: { DRAW: "The draw was declined.", TAKEBACK: "The move stays.", REMATCH: "No rematch." },
    watchers: (watchers: number) => `${watchers} watching`,
    theRematch: "To the rematch",
    notFound: "There is no such game.",
    notFoundText: "Perhaps the link is cut short, or the game is private.",
    loading: "Opening the game.",
    newGame: "New game",
  },

  over: {
    youWin: "You win.",
    wins: (name: string) => `${name} wins.`,
    drawFull: "A draw.",
    drawFullText: "The board is full.",
    drawAgreed: "A draw by agreement.",
    inARow: (cells: readonly Cell[]) => `${list(cells)} in a row.`,
    youResigned: "You resigned.",
    theyResigned: (name: string, youWin: boolean) => `${name} resigned.${youWin ? " You win." : ""}`,
    cancelled: "This game was called off.",
    rematch: (mark: Mark) => `Rematch, you play ${mark}`,
  },

  review: {
    title: "Where it turned",
    exact: "exact",
    opinion: "the engine's opinion",
    draw: "draw",
    verdicts: { WINS: "wins", DRAWS: "draws", LOSES: "loses", UNCLEAR: "" },
    chart: (said: string) => `Who was winning after each move: ${said}`,
    even: (move: number) => `even after move ${move}`,
    ahead: (mark: Mark, move: number) => `${mark} from move ${move} on`,
    mistake: (number: number, cell: Cell, mark: Mark) => `Move ${number}, ${nameOf(cell)}: ${mark}'s mistake`,
    unlikely: (number: number, cell: Cell) => `Move ${number}, ${nameOf(cell)}`,
    couldHave: (mark: Mark, won: boolean) => `Here ${mark} could still have ${won ? "won" : "drawn"}.`,
    better: (cells: readonly Cell[]) => (cells.length === 0 ? "" : `Better: ${list(cells)}.`),
    likely: (cells: readonly Cell[]) => (cells.length === 0 ? "" : `Likely better: ${list(cells)}.`),
    none: "Nobody went wrong.",
    noneText: "Each move held what there was to hold.",
    show: "Show me",
    tryIt: "Try it from here",
    tryText: (mark: Mark, level: string) => `You play ${mark} against the house, ${level.toLowerCase()}.`,
  },

  waiting: {
    heading: "Waiting for someone",
    headingFriend: "Waiting for a friend",
    send: "Send the link to start.",
    showOrSend: "Show or send",
    showText: "Your friend points a camera here, or opens the link. Whoever sits down first has the seat.",
    copy: "Copy",
    copied: "Link copied.",
    copiedText: "Whoever sits down first has the seat.",
    shareMore: "Share…",
    qr: "QR code of the invite link",
    link: "Link",
    since: (since: string) => `Waiting for someone. ${since}.`,
    cancel: "Cancel game",
    text: "You can close this page. The game stays open and waits under “My games”.",
    thisGame: "This game",
    boardRow: "Board",
    beginsRow: "Begins",
    begins: (moves: number) => (moves === 0 ? "on an empty board" : `after move ${moves} of another game`),
    marksRow: "Marks",
    watchRow: "Who can watch",
    you: "you",
    someone: "someone",
    friend: "your friend",
    everyone: "everyone",
    byLink: "who has the link",
    nobody: "nobody but you two",
    warmUp: "Warm up meanwhile",
    warmUpText: "Play the house in the same tab. We call you back the moment somebody is here.",
    playHouse: "Play the house",
    sit: (mark: Mark) => `Sit down and play ${mark}`,
    sitting: "Sitting down",
    invites: (name: string) => `${name} invites you.`,
    invited: (name: string) => `${name} waits for someone to play.`,
    callBack: "Somebody sat down. Your game is on.",
    goThere: "Go there",
  },

  account: {
    keep: "Keep your games.",
    keepLead: (name: string) =>
      `You are ${name}, a guest on this device. Choose a name and a password and everything below is yours anywhere.`,
    keepNone: (name: string) =>
      `You are ${name}, a guest on this device. Choose a name and a password and your games are yours anywhere.`,
    newHere: "New here",
    have: "I have an account",
    formLabel: "Keep your games or sign in",
    name: "Name",
    password: "Password",
    show: "Show",
    hide: "Hide",
    nameHint: "3 to 24 letters, digits, _ and -.",
    passwordHint: "8 characters or more. A short sentence is fine.",
    noMail: "No e-mail needed. It also means we cannot send you a new password, so let your browser remember it.",
    keepButton: "Keep my games",
    signInButton: "Sign in",
    busy: "One moment",
    notNow: "Not now, stay a guest",
    wrong: "Name and password do not match.",
    taken: (name: string, free: readonly string[]) =>
      `${name} is taken.${free.length === 0 ? "" : ` ${free.slice(0, 2).join(" and ")} ${free.length === 1 ? "is" : "are"} free.`}`,
    nameNotAllowed: "A name has 3 to 24 letters, digits, _ and -.",
    passwordNotAllowed: "8 characters or more.",
    tooMany: (seconds: number) => `Too many tries. Try again in ${seconds} s.`,
    unreachable: "The server cannot be reached. Try again.",
    yours: (name: string) => `You are ${name}.`,
    yoursLead: "Your games are kept. Sign in with this name and they are yours anywhere.",
    logOut: "Log out",
    loggedOut: "You are logged out.",
    guestGames: "Your guest games stay on this device.",
    signedOut: "You were signed out.",
    signedOutText: "Sign in again to go on with your games.",
    signedIn: (name: string) => `Welcome back, ${name}.`,
    kept: "Your games are kept.",
  },

  refusals: {
    NOT_YOUR_TURN: (name: string) => ["Not your turn yet.", `${name} is to move.`],
    CELL_TAKEN: (_: string, cell: string) => [`${cell} is taken.`, "Your turn goes on."],
    OUTSIDE_BOARD: () => ["That is off the board.", ""],
    GAME_NOT_STARTED: () => ["Nobody sits across yet.", ""],
    GAME_OVER: () => ["This game is over.", ""],
    GAME_MOVED_ON: () => ["The game moved on.", "Here is how it stands."],
    NOT_A_PLAYER: () => ["You are watching this one.", ""],
    OWN_GAME: () => ["This is your own game.", "Send the link to a friend."],
    SEAT_TAKEN: () => ["Someone was quicker.", ""],
    GAME_STARTED: () => ["Somebody sat down already.", "The game is on."],
    GAME_NOT_FOUND: () => ["There is no such game.", ""],
    INVITE_NEEDED: () => ["This game is joined by its link.", "Ask for it."],
    TOO_LATE_TO_ABORT: () => ["Too late to call it off.", "Both have moved."],
    NO_OFFER: () => ["There is nothing to answer any more.", ""],
    OFFER_MADE_ALREADY: () => ["You have asked already.", ""],
    NOTHING_TO_TAKE_BACK: () => ["There is no move of yours to take back.", ""],
    GAME_NOT_OVER: () => ["The game is not over yet.", ""],
    LEVEL_NOT_AVAILABLE: () => ["The house does not play this so well.", "Choose another strength."],
  } as Record<string, ((name: string, cell: string) => [string, string]) | undefined>,

  notPlayed: {
    offline: (mark: Mark) => ["Not played:", `no connection. Place your ${mark} again once we are back.`] as const,
    underWay: (mark: Mark, cell: Cell) => ["Not played:", `${mark} at ${nameOf(cell)} is on its way.`] as const,
    failed: ["Not played:", "the server did not take it. Try again."] as const,
    needs: ["This needs the connection.", "Try again once we are back."] as const,
    other: ["That did not work.", "Try again."] as const,
  },

  said: {
    move: (mark: Mark, cell: Cell) => `${mark} at ${nameOf(cell)}.`,
    sent: (mark: Mark, cell: Cell) => `${mark} at ${nameOf(cell)}, sent.`,
    takenBack: (moves: number) => (moves === 1 ? "The last move was taken back." : `${capital(number(moves))} moves were taken back.`),
    yourTurn: "Your turn.",
    back: (number: number, all: number, move: (Cell & { mark: Mark }) | undefined) =>
      move === undefined ? `Start, of ${all} moves.` : `Move ${number} of ${all}, ${move.mark} ${nameOf(move)}.`,
    noMove: "No move yet.",
  },

  keys: {
    title: "Keyboard",
    intro: "Tab goes to the board. There:",
    rows: [
      ["Arrows", "to another cell"],
      ["Home, End", "to the ends of the row; with Ctrl to the corners"],
      ["Page Up, Page Down", "to the ends of the column"],
      ["Enter, Space", "place your mark"],
      [", and .", "one move back, one move on"],
      ["N", "now"],
      ["L", "say the last move"],
      ["B", "say the board, row by row"],
      ["T", "say whose turn it is"],
      ["W", "the wire: the GraphQL messages of this page"],
      ["?", "this list"],
    ] as const,
    letters: "Letters work while the board has the focus",
  },

  touch: {
    title: "Touch",
    intro: "A tap places your mark, or aims at a cell, where another tap or the button under the board places it.",
    confirm: "Aim first",
    confirms: { SMALL: "Small cells", ALWAYS: "Always", NEVER: "Never" },
    means: {
      SMALL: "Cells that are narrower than a fingertip are aimed at. Others are played by one tap.",
      ALWAYS: "Every cell is aimed at, on every board.",
      NEVER: "One tap plays, on every board.",
    },
  },

  how: {
    title: "How to play",
    close: "Close",
    lines: [
      "Two players, X and O, write their marks in turn. X begins.",
      "Who first has enough marks in a row, across, down or slanting, wins. More in a row win too.",
      "If the board is full and nobody has a row, it is a draw.",
      "A mark in pencil is where you aim. In ink the server has it.",
    ],
  },

  broken: { title: "Something broke on this page.", text: "Your game is safe.", again: "Load it again" },

  missing: { title: "Nothing is here.", text: "The address leads nowhere.", home: "Play" },
};
