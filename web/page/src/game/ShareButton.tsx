/** Shares the position that is shown: it is in the address. */
import { Icon } from "../parts/icons";
import { texts } from "../texts";
import { tell } from "../toasts";

export function ShareButton({ className }: { className: string }) {
  const share = () => void shared(location.href, [texts.game.shared, texts.game.sharedText]);
  return (
    <button type="button" className={className} onClick={share}>
      <Icon name="share" />
      {texts.game.share}
    </button>
  );
}

/** Hand an address to the phone's own list, where there is one, or to the clipboard. */
export async function shared(url: string, said: readonly [string, string]): Promise<void> {
  if (canShare()) return navigator.share({ url }).catch(() => undefined);
  await copied(url, said);
}

export function canShare(): boolean {
  return "share" in navigator && matchMedia("(pointer: coarse)").matches;
}

export async function copied(text: string, said: readonly [string, string]): Promise<void> {
  await navigator.clipboard.writeText(text);
  tell(said);
}
