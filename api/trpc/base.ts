import { initTRPC } from '@trpc/server';
import type { Permission } from '#domain/permissions.ts';
import type { PortalContext } from './context.ts';
import { Problem, toProblem } from './problem.ts';

/** Who may call a procedure: anybody, whoever is signed in, or whoever has this permission on the profile. */
export type Access = 'public' | 'session' | Permission;

const t = initTRPC
  .context<PortalContext>()
  .meta<{ readonly access: Access }>()
  .create({
    isDev: false,
    isServer: true,
    errorFormatter({ shape, error, ctx }) {
      const { problem, facts } = toProblem(error);
      return {
        code: shape.code,
        message: problem,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          requestId: ctx?.requestId ?? null,
          problem,
          facts,
        },
      };
    },
  });

export const { router } = t;

/** Refusals of services become problems, so that the status of the answer fits them. */
const anyProcedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toProblem(result.error);
  return result;
});

export const publicProcedure = anyProcedure.meta({ access: 'public' });

/** Needs a session; `ctx.userCtx` is the person, before a profile. */
export const sessionProcedure = anyProcedure.meta({ access: 'session' }).use(async ({ ctx, next }) => {
  const session = await ctx.session();
  if (!session) {
    // A browser that holds a dead token stops sending it.
    if (ctx.browser.token !== null) ctx.cookies.forget();
    throw new Problem('signed_out');
  }
  const { id, role } = session.user;
  const userCtx = ctx.as({ kind: 'user', userId: id, role, via: 'portal' });
  return next({ ctx: { signedIn: session, userCtx } });
});

/** Works in the chosen profile, which must be the one that the page shows: another tab may have switched. */
export function procedureFor(permission: Permission) {
  return sessionProcedure.meta({ access: permission }).use(({ ctx, next }) => {
    const { profile } = ctx.signedIn;
    if (!profile) throw new Problem('no_profile');
    if (ctx.shownProfileId !== profile.id) throw new Problem('profile_changed');
    return next({ ctx: { profile, profileCtx: ctx.userCtx.forProfile(profile) } });
  });
}
