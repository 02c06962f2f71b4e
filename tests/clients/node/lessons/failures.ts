const PASSING = [
  'BUSY', 'OVERLOADED', 'RATE_LIMITED', 'TIMEOUT', 'TOKEN_EXPIRED', 'UNAVAILABLE',
];

type Refusal = { readonly extensions?: { readonly [name: string]: unknown } };

/** Whether the same request, with the same commandId, may succeed later. */
export function passes(errors: readonly Refusal[]): boolean {
  return errors.some(({ extensions }) => PASSING.includes(String(extensions?.['code'])));
}

/** Wait before another attempt: longer each time, 5 seconds at most. */
export function pause(attempts: number): Promise<void> {
  const longest = Math.min(5_000, 250 * 2 ** attempts);
  return new Promise((wake) => setTimeout(wake, longest * (0.5 + Math.random() / 2)));
}
