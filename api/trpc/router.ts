import { router } from './base.ts';
import { billRouter } from './bill.router.ts';
import { callbackRouter } from './callback.router.ts';
import { sessionRouter } from './session.router.ts';

/** Everything that the portal may ask. */
export const appRouter = router({ session: sessionRouter, bill: billRouter, callback: callbackRouter });

export type AppRouter = typeof appRouter;
