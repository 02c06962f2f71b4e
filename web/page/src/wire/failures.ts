/** What passes with time, so that the same request may be sent again. */
import type { CombinedError } from "urql";

const PASSING = new Set(["BUSY", "OVERLOADED", "RATE_LIMITED", "TIMEOUT", "UNAVAILABLE"]);
const TOKEN = new Set(["TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_REVOKED"]);

export function codes({ graphQLErrors }: CombinedError): string[] {
  return graphQLErrors.map(({ extensions }) => String(extensions["code"]));
}

export function passes(error: CombinedError): boolean {
  return error.networkError !== undefined || codes(error).some((each) => PASSING.has(each));
}

/** Whether the token of an operation was refused: another may be taken. */
export function tokenRefused(error: CombinedError): boolean {
  return codes(error).some((each) => TOKEN.has(each));
}
