import { ChooseProfileInput, chooseProfile, listSessionProfiles } from '#services/session/profiles.ts';
import { SignInInput, signIn } from '#services/session/sign-in.ts';
import { signOut } from '#services/session/sign-out.ts';
import { publicProcedure, router, sessionProcedure } from './base.ts';
import { Problem } from './problem.ts';
import { profileView } from './views.ts';

export const sessionRouter = router({
  signIn: publicProcedure.input(SignInInput).mutation(async ({ ctx, input }) => {
    const outcome = await signIn(ctx.system, ctx.deps.rateLimiter, input, ctx.browser);
    if (outcome.kind === 'wrong') throw new Problem('wrong_credentials');
    if (outcome.kind === 'too_many')
      throw new Problem('too_many_tries', { retryAfterS: outcome.retryAfterS });
    ctx.cookies.keep(outcome.token, outcome.device);
    return { userId: outcome.userId };
  }),

  signOut: publicProcedure.mutation(async ({ ctx }) => {
    const session = await ctx.session();
    if (session && ctx.browser.token !== null) await signOut(ctx.system, session, ctx.browser.token);
    ctx.cookies.forget();
    return { signedOut: true };
  }),

  /** Null when nobody is signed in: asking that is no error. */
  me: publicProcedure.query(async ({ ctx }) => {
    const session = await ctx.session();
    if (!session) return null;
    const { user, profile } = session;
    const self = { kind: 'user', userId: user.id, role: user.role, via: 'portal' } as const;
    const profiles = await listSessionProfiles(ctx.as(self), session);
    return {
      user: { id: user.id, name: user.name, email: user.email, role: user.role },
      profile: profile && profileView(profile),
      profiles: profiles.map(profileView),
    };
  }),

  chooseProfile: sessionProcedure
    .input(ChooseProfileInput)
    .mutation(async ({ ctx, input }) => profileView(await chooseProfile(ctx.userCtx, ctx.signedIn, input))),
});
