import { parse, serialize } from 'hono/utils/cookie';

/** The two cookies of the portal. Neither can be read by a script. */
export interface SessionCookies {
  readonly token: string | null;
  /** Mark of a browser that signed in before; see services/session/device.ts. */
  readonly device: string | null;
  keep(token: string, device: string): void;
  forget(): void;
}

const DEVICE_MAX_AGE_S = 400 * 86_400;

/**
 * `secure`: the browser is on https. Then the names carry `__Host-`, so that neither a subdomain nor a plain http
 * answer can plant a session. The session's cookie ends with the browser; its real end is on the server.
 */
export function createSessionCookies(request: Headers, answer: Headers, secure: boolean): SessionCookies {
  const prefix = secure ? '__Host-' : '';
  const names = { session: `${prefix}kekal_session`, device: `${prefix}kekal_device` };
  const sent = parse(request.get('cookie') ?? '');
  const base = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const;
  const set = (name: string, value: string, maxAge?: number) => {
    const options = maxAge === undefined ? base : { ...base, maxAge };
    answer.append('set-cookie', serialize(name, value, options));
  };
  return {
    token: sent[names.session] ?? null,
    device: sent[names.device] ?? null,
    keep(token, device) {
      set(names.session, token);
      set(names.device, device, DEVICE_MAX_AGE_S);
    },
    forget: () => set(names.session, '', 0),
  };
}
