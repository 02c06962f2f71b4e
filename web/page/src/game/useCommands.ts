/** What a player may do in a game beside moving: each is sent at once, and refused in words. */
import { useMemo } from "react";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { type AnyVariables, useClient } from "urql";
import {
  AbortGameDocument,
  AcceptOfferDocument,
  CancelGameDocument,
  DeclineOfferDocument,
  MakeOfferDocument,
  ResignDocument,
  WithdrawOfferDocument,
} from "../generated/graphql";
import { texts } from "../texts";
import { tell } from "../toasts";
import { isUp, wire } from "../wire/wire";
import { command } from "./command";
import { refusal } from "./refusal";
import type { Game, OfferKind } from "./words";

export type Commands = ReturnType<typeof useCommands>;

export function useCommands(game: Pick<Game, "id">) {
  const client = useClient();
  const gameId = game.id;
  return useMemo(() => {
    const send = async <Data extends object, Variables extends AnyVariables>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
    ): Promise<void> => {
      if (!isUp(wire.get())) return tell(texts.notPlayed.needs, { warns: true });
      try {
        const [answer] = Object.values(await command(client, gameId, document, variables)) as Answer[];
        if (answer?.code !== undefined && answer.game !== undefined) tell(refusal(answer.code, answer.game, "X"));
      } catch {
        tell(texts.notPlayed.other, { warns: true });
      }
    };
    const input = () => ({ gameId, commandId: crypto.randomUUID() });
    return {
      resign: () => send(ResignDocument, { input: input() }),
      abort: () => send(AbortGameDocument, { input: input() }),
      cancel: () => send(CancelGameDocument, { input: input() }),
      offer: (kind: OfferKind) => send(MakeOfferDocument, { input: { ...input(), kind } }),
      withdraw: (kind: OfferKind) => send(WithdrawOfferDocument, { input: { ...input(), kind } }),
      accept: (kind: OfferKind) => send(AcceptOfferDocument, { input: { ...input(), kind } }),
      decline: (kind: OfferKind) => send(DeclineOfferDocument, { input: { ...input(), kind } }),
    };
  }, [client, gameId]);
}

interface Answer {
  readonly code?: string;
  readonly game?: Game;
}
