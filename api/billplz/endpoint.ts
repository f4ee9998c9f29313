import type { Context, Handler } from 'hono';
import type { Ctx, SystemCtx } from '#services/context.ts';
import { once } from '#services/idempotency/once.ts';
import { refuse } from '#domain/refusal.ts';
import { holdsCardData } from '../http/holds-card-data.ts';
import type { Params } from '../http/params.ts';
import { readParams } from '../http/read-params.ts';
import { requestHash } from '../http/request-hash.ts';
import { success } from './answer.ts';
import { BillplzError, invalid } from './errors.ts';
import type { BillplzEnv } from './billplz-env.ts';

/** One request as its handler sees it. */
export interface Call {
  readonly ctx: Ctx;
  readonly system: SystemCtx;
  /** Query, body and path in one tree. */
  readonly params: Params;
  /** The id in the path; empty where the path has none. */
  readonly id: string;
}

/** What a handler gives becomes the JSON of the answer, keys in that order. */
type Answer = object;

export interface EndpointOptions {
  /** Parameters in which digits of any kind may stand. Source: gateways.md 5, point 2. */
  readonly cardExempt?: readonly string[];
}

type Endpoint = Handler<BillplzEnv>;

/** A request that changes nothing. */
export function reads(handle: (call: Call) => Promise<Answer>, options: EndpointOptions = {}): Endpoint {
  return async (c) => success(JSON.stringify(await handle(await callOf(c, options))));
}

/**
 * A request that writes in one transaction. Under an `Idempotency-Key` its handler runs in the transaction of the key,
 * through the `ctx` of its call.
 */
export function writes(handle: (call: Call) => Promise<Answer>, options: EndpointOptions = {}): Endpoint {
  return async (c) => {
    const key = idempotencyKeyOf(c);
    const call = await callOf(c, options);
    if (key === null) return success(JSON.stringify(await handle(call)));
    const request = {
      method: c.req.method,
      path: c.req.path,
      key,
      requestHash: await requestHash(call.params),
    };
    const { body, isReplay } = await once(request, call.ctx, async (ctx) =>
      JSON.stringify(await handle({ ...call, ctx })),
    );
    return success(body, replayHeader(isReplay));
  };
}

export interface CommandCall extends Call {
  readonly idempotencyKey: string | null;
}

/** A request that becomes a command: its key is on the command's row, its answer is that row's outcome. */
export function commands(
  handle: (call: CommandCall) => Promise<{ readonly answer: Answer; readonly isReplay: boolean }>,
  options: EndpointOptions = {},
): Endpoint {
  return async (c) => {
    const idempotencyKey = idempotencyKeyOf(c);
    const { answer, isReplay } = await handle({ ...(await callOf(c, options)), idempotencyKey });
    return success(JSON.stringify(answer), replayHeader(isReplay));
  };
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** What cannot be an id names nothing: refuses `not_found`. Source: billplz-api.md 1, "Ids in paths". */
export function requireId(id: string): string {
  return ID.test(id) ? id : refuse('not_found');
}

async function callOf(c: Context<BillplzEnv>, { cardExempt = [] }: EndpointOptions): Promise<Call> {
  const path = c.req.param() as Readonly<Record<string, string>>;
  for (const id of Object.values(path)) requireId(id);
  const params = await readParams(c, path);
  // An id of ours may look like anything.
  if (holdsCardData(params, [...cardExempt, ...Object.keys(path)]))
    throw new BillplzError(invalid('Card data is not accepted'));
  return { ctx: c.var.ctx, system: c.var.system, params, id: path.id ?? '' };
}

const PRINTABLE_ASCII = /^[\x20-\x7e]{1,255}$/;

function idempotencyKeyOf(c: Context<BillplzEnv>): string | null {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return null;
  if (!PRINTABLE_ASCII.test(key)) throw new BillplzError(invalid('Idempotency key is invalid'));
  return key;
}

function replayHeader(isReplay: boolean): Readonly<Record<string, string>> {
  return isReplay ? { 'Idempotent-Replayed': 'true' } : {};
}
