import type { Actor, SystemCtx } from '#services/context.ts';
import { type PortalSession, resolveSession } from '#services/session/resolve.ts';
import type { Browser } from '#services/session/sign-in.ts';
import type { ApiDeps } from '../deps.ts';
import type { AppContext } from '../http/app-env.ts';
import { shownProfileId } from './portal-request.ts';
import { createSessionCookies, type SessionCookies } from './session-cookies.ts';

/** What a procedure of the portal knows of its request. */
export interface PortalContext {
  readonly deps: ApiDeps;
  readonly requestId: string;
  readonly browser: Browser;
  /** The profile that the page shows; null before one is chosen. */
  readonly shownProfileId: number | null;
  readonly cookies: SessionCookies;
  /** Our own process; sign-in and sessions belong to no profile. */
  readonly system: SystemCtx;
  /** The surroundings as a person. */
  as(actor: Actor): SystemCtx;
  /** Read once a request. */
  session(): Promise<PortalSession | undefined>;
}

export function createPortalContext(c: AppContext, deps: ApiDeps, answerHeaders: Headers): PortalContext {
  const { requestId, origin } = c.var;
  const cookies = createSessionCookies(c.req.raw.headers, answerHeaders, origin.isHttps);
  const as = (actor: Actor) => deps.systemCtx({ requestId, actor, publicUrl: origin.publicUrl });
  const system = as({ kind: 'system', name: 'portal' });
  let session: Promise<PortalSession | undefined> | undefined;
  return {
    deps,
    requestId,
    shownProfileId: shownProfileId(c),
    cookies,
    system,
    as,
    browser: {
      address: origin.address,
      userAgent: c.req.header('user-agent') ?? null,
      device: cookies.device,
      token: cookies.token,
    },
    session: () => {
      session ??= cookies.token === null ? Promise.resolve(undefined) : resolveSession(system, cookies.token);
      return session;
    },
  };
}
