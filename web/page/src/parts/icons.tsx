/** The icons: monoline, 24 units. */
const PATHS = {
  plus: "M12 5v14M5 12h14",
  share: "M12 15V4M8 8l4-4 4 4M5 13v6h14v-6",
  draw: "M5 9h14M5 15h14",
  flag: "M6 21V4h11l-2.5 4L17 12H6",
  again: "M4 12a8 8 0 1 1 2.5 5.8M4 12V7M4 12h5",
  undo: "M9 6L4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3",
  warn: "M12 4l9 16H3zM12 10v4M12 17.2v.1",
  check: "M5 13l4 4L19 7",
  house: "M4 11l8-7 8 7v9H4z",
  first: "M6 5v14M19 5l-9 7 9 7z",
  back: "M15 5l-8 7 8 7",
  on: "M9 5l8 7-8 7",
  now: "M18 5v14M5 5l9 7-9 7z",
  left: "M15 6l-6 6 6 6",
  up: "M6 15l6-6 6 6",
  down: "M6 9l6 6 6-6",
  right: "M9 6l6 6-6 6",
  mute: "M4 10v4h4l5 4V6l-5 4zM17 10l4 4M21 10l-4 4",
  loud: "M4 10v4h4l5 4V6l-5 4zM17 9c1.6 1.6 1.6 4.400 0 6M19.5 6.500c3 3 3 8 0 11",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS | "eye" | "copy" | "lock" | "theme" }) {
  return (
    <svg className="ico" viewBox="0 0 24 24" aria-hidden="true">
      {drawing(name)}
    </svg>
  );
}

function drawing(name: Parameters<typeof Icon>[0]["name"]) {
  switch (name) {
    case "eye":
      return (
        <>
          <path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12z" />
          <circle cx="12" cy="12" r="2.6" />
        </>
      );
    case "copy":
      return (
        <>
          <rect x="9" y="9" width="11" height="11" rx="2" />
          <path d="M15 5H6a2 2 0 0 0-2 2v9" />
        </>
      );
    case "lock":
      return (
        <>
          <rect x="5" y="11" width="14" height="9" rx="2" />
          <path d="M8 11V8a4 4 0 0 1 8 0v3" />
        </>
      );
    case "theme":
      return (
        <>
          <circle cx="12" cy="12" r="8" />
          <path d="M12 4v16a8 8 0 0 0 0-16z" fill="currentColor" />
        </>
      );
    default:
      return <path d={PATHS[name]} />;
  }
}
