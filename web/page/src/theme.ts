/** Light or dark: the system's, or the one that was chosen here. */
const KEY = "xogql.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export function applyTheme(): void {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
}

export function toggleTheme(): void {
  const now = document.documentElement.dataset["theme"] ?? (dark.matches ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset["theme"] = next;
  localStorage.setItem(KEY, next);
}
