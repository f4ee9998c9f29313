import type { Ctx, SystemCtx } from '#services/context.ts';
import type { AppEnv } from '../http/app-env.ts';

/** What every route of this API knows of its request once the gate has let it in. */
export interface BillplzEnv extends AppEnv {
  Variables: AppEnv['Variables'] & {
    ctx: Ctx;
    /** For what acts beside the profile. */
    system: SystemCtx;
  };
}
