/** Placeholders in variables and headers: each stands for what an answer said under that name. */
const TOLD = /"(accessToken|intratoken|gameId)":"([^"]+)"/g;

/** Keep what an answer tells; of a list its first. */
export function learn(answer: unknown): void {
  for (const [, name, value] of [...JSON.stringify(answer).matchAll(TOLD)].reverse()) {
    sessionStorage.setItem(`xogql:${name}`, value!);
  }
}

/** Write what is known in place of the placeholders; one that is unknown stays. */
export function fill<Value>(given: Value): Value {
  const text = JSON.stringify(given).replace(
    /<(\w+)>/g,
    (placeholder, name) => sessionStorage.getItem(`xogql:${name}`) ?? placeholder,
  );
  return JSON.parse(text);
}
