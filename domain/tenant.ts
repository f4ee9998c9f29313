/** `live` moves money; `sandbox` plays. A profile's mode never changes. Source: decisions.md, "Words". */
export const MODES = ['live', 'sandbox'] as const;
export type Mode = (typeof MODES)[number];

/** GETs per 300 s; an operator sets it. Source: billplz-api.md 1, "Rate limit". */
export type RateLevel = 'unlimited' | '100' | '10';

/** Source: decisions.md, "Words": user. */
export type Role = 'admin' | 'accountant' | 'normal' | 'restricted';

/** Only a verified company collects. Source: decisions.md, "Words": merchant. */
export type MerchantKind = 'company' | 'personal';
