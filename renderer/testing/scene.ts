/** What the made-up main starts with, from the address: `?profile=own&offline&signedOut&empty&theme=dark&slow=800&fail=overview`. */
export interface Scene {
  readonly profile: 'demo' | 'own';
  readonly isOffline: boolean;
  readonly isSignedOut: boolean;
  /** No tenant is configured. */
  readonly isEmpty: boolean;
  readonly theme: 'system' | 'light' | 'dark';
  /** Milliseconds that every answer takes. */
  readonly slowMillis: number;
  /** Name of a procedure that fails with a refusal of Graph. */
  readonly fail: string | undefined;
}

export function toScene(search: string): Scene {
  const asked = new URLSearchParams(search);
  const theme = asked.get('theme');
  return {
    profile: asked.get('profile') === 'own' ? 'own' : 'demo',
    isOffline: asked.has('offline'),
    isSignedOut: asked.has('signedOut'),
    isEmpty: asked.has('empty'),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    slowMillis: Number(asked.get('slow') ?? 0),
    fail: asked.get('fail') ?? undefined,
  };
}
