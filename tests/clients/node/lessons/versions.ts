import type { GameEvent } from '../documents.ts';

/** Show each event once: a subscription that is resumed may begin where it first began. */
export function once(after: number, show: (event: GameEvent) => void) {
  return (event: GameEvent) => {
    if (event.version <= after) return;
    after = event.version;
    show(event);
  };
}

/** Give the keys of games in a cache: what is older than the newest has a key of its own. */
export function gameKeys() {
  const newest = new Map<string, number>();
  return ({ id, version }: Readonly<Record<string, unknown>>): string => {
    const known = newest.get(`${id}`) ?? 0;
    if (Number(version) < known) return `${id}@${version}`;
    newest.set(`${id}`, Number(version ?? known));
    return `${id}`;
  };
}

export const possibleTypes = {
  Rejection: ['AccountRejection', 'GameNotFoundRejection', 'GameRejection', 'InputRejection'],
};
