import type { Hono } from 'hono';
import { z } from 'zod';
import { PREDICATE } from '#domain/billplz-sentence.ts';
import { listCollectionMethods, setCollectionMethods } from '#services/collection/payment-methods.ts';
import { billplzForm } from '../http/billplz-form.ts';
import type { Scalar } from '../http/scalars.ts';
import { reads, writes } from './endpoint.ts';
import type { BillplzEnv } from './billplz-env.ts';

/** `payment_methods[][code]`: the codes that are texts; whatever else stands in the list names nothing. */
function methodCodes(): Scalar<string[]> {
  const reader = z.unknown().transform((raw, ctx): string[] => {
    if (Array.isArray(raw)) return raw.flatMap(codeOf);
    const isBlank = raw === null || raw === undefined || (typeof raw === 'string' && raw.trim() === '');
    const predicate = isBlank ? PREDICATE.blank : PREDICATE.invalid;
    ctx.addIssue({ code: 'custom', input: raw, params: { predicate } });
    return z.NEVER;
  });
  const item = { type: 'object', properties: { code: { type: 'string' } } };
  return reader.meta({ type: 'array', items: item });
}

function codeOf(item: unknown): string[] {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, 'code')) return [];
  const { code } = item as { code: unknown };
  return typeof code === 'string' ? [code.trim()] : [];
}

export const PaymentMethodsForm = billplzForm({ payment_methods: methodCodes() });

/** `/api/v3/collections/{COLLECTION_ID}/payment_methods`, for both kinds. Source: billplz-api.md 2.7. */
export function mountPaymentMethods(app: Hono<BillplzEnv>): void {
  const path = '/collections/:id/payment_methods';
  app.get(
    path,
    reads(async ({ ctx, id }) => ({ payment_methods: await listCollectionMethods(ctx, id) })),
  );
  app.put(
    path,
    writes(async ({ ctx, id, params }) => {
      const form = PaymentMethodsForm.parse(params);
      const methods = await setCollectionMethods(ctx, { collectionId: id, codes: form.payment_methods });
      return { payment_methods: methods };
    }),
  );
}
