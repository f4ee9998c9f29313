import { describe, test } from 'vitest';
import { fiveBeats } from './five-beats.ts';
import { ruleTester } from './rule-tester.ts';

const verb = (body: string, signature = 'approvePayout(ctx: Ctx, raw: unknown): Promise<Payout>') => ({
  code: `export async function ${signature} { ${body} }`,
  filename: 'services/payout/approve.ts',
});

const PERMISSION = "requirePermission(ctx, 'payout:approve');";
const PARSE = 'const input = ApprovePayoutInput.parse(raw);';
const TRANSACTION = 'return ctx.inTransaction(async (tx) => { await savePayout(tx, after);';
const AUDIT = "await recordAudit(tx, ctx, 'payout.approve', before, after);";
const END = 'return after; });';

describe('a service verb keeps its beats', () => {
  ruleTester(test).run('five-beats', fiveBeats, {
    valid: [
      verb([PERMISSION, PARSE, TRANSACTION, AUDIT, END].join('\n')),
      verb(['requirePayer(ctx);', PARSE, TRANSACTION, AUDIT, END].join('\n')),
      verb([PERMISSION, TRANSACTION, AUDIT, END].join('\n'), 'approveAll(ctx: Ctx): Promise<void>'),
      verb(
        [PERMISSION, TRANSACTION, END].join('\n'),
        'listPayouts(ctx: Ctx, raw: unknown): Promise<Payout[]>',
      ),
      verb(
        ['requireSystem(ctx);', TRANSACTION, END].join('\n'),
        'markRelayed(ctx: SystemCtx, ids: number[])',
      ),
      verb([PERMISSION, 'return setState(ctx, raw);'].join('\n')),
      verb(
        ['requirePayer(ctx);', TRANSACTION, AUDIT, END].join('\n'),
        'recordOutcome(ctx: Ctx, paymentId: string, result: GatewayResult)',
      ),
      {
        code: `${verb([PERMISSION, PARSE, 'return ctx.inTransaction((tx) => open(tx, ctx));'].join('\n')).code}
               async function open(tx: Tx, ctx: Ctx) { await note(tx, ctx); }
               async function note(tx: Tx, ctx: Ctx) { ${AUDIT} }`,
        filename: 'services/payout/approve.ts',
      },
      verb(TRANSACTION + END, 'savePayout(tx: Tx, ctx: Ctx): Promise<void>'),
      {
        code: `async function helper(ctx: Ctx) { ${TRANSACTION} ${END} }`,
        filename: 'services/payout/approve.ts',
      },
    ],
    invalid: [
      { ...verb([PARSE, TRANSACTION, AUDIT, END].join('\n')), errors: [{ messageId: 'permission' }] },
      {
        ...verb([PARSE, TRANSACTION, PERMISSION, AUDIT, END].join('\n')),
        errors: [{ messageId: 'permission' }],
      },
      {
        ...verb([TRANSACTION, END].join('\n'), 'readPayout(ctx: Ctx, id: string): Promise<Payout>'),
        errors: [{ messageId: 'permission' }],
      },
      { ...verb([PERMISSION, TRANSACTION, AUDIT, END].join('\n')), errors: [{ messageId: 'parse' }] },
      { ...verb([PERMISSION, TRANSACTION, PARSE, AUDIT, END].join('\n')), errors: [{ messageId: 'parse' }] },
      { ...verb([PERMISSION, PARSE, TRANSACTION, END].join('\n')), errors: [{ messageId: 'audit' }] },
      {
        ...verb(['requirePayer(ctx);', TRANSACTION, AUDIT, END].join('\n')),
        errors: [{ messageId: 'parse' }],
      },
      {
        code: `${verb([PERMISSION, PARSE, 'return ctx.inTransaction((tx) => open(tx, ctx));'].join('\n')).code}
               async function open(tx: Tx, ctx: Ctx) { await enqueue(tx, ctx); }`,
        filename: 'services/payout/approve.ts',
        errors: [{ messageId: 'audit' }],
      },
      { ...verb([PERMISSION, PARSE, AUDIT, TRANSACTION, END].join('\n')), errors: [{ messageId: 'audit' }] },
      {
        ...verb([PERMISSION, PARSE, 'await save(input);'].join('\n')),
        errors: [{ messageId: 'transaction' }],
      },
      {
        ...verb([PERMISSION, PARSE, TRANSACTION, END].join('\n'), 'listenToPayouts(ctx: Ctx, raw: unknown)'),
        errors: [{ messageId: 'audit' }],
      },
    ],
  });
});
