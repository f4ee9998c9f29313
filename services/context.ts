import type { Database, Tx } from '#db/database.ts';
import type { Profile } from '#domain/profile.ts';
import type { Role } from '#domain/tenant.ts';
import type { SecretBox } from './secrets/secret-box.ts';

/** Who asks: a person by key or portal, a payer on a page, or one of our own processes by name. */
export type Actor =
  | {
      readonly kind: 'user';
      readonly userId: number;
      readonly role: Role;
      readonly via: 'api' | 'portal' | 'command';
    }
  | { readonly kind: 'payer' }
  | { readonly kind: 'system'; readonly name: string };

/** What a verb may know of its surroundings; there is no global handle. */
export interface Ctx {
  readonly profile: Profile;
  readonly profileId: number;
  readonly actor: Actor;
  /** Enters at the API and goes into audit, outbox, memo and log lines. */
  readonly requestId: string;
  /** Base of every URL in answers, mails and pages, without a trailing slash. */
  readonly publicUrl: string;
  readonly secrets: SecretBox;
  /** Epoch ms; a moved sandbox object has a clock of its own. */
  now(): number;
  /** One transaction as the profile; called inside another one it joins that. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** For what belongs to the installation and not to one profile: the command, sign-in, relay, sweeper, notices. */
export interface SystemCtx {
  readonly actor: Actor;
  readonly requestId: string;
  readonly publicUrl: string;
  readonly secrets: SecretBox;
  now(): number;
  /** One transaction that sees every profile. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A read that sees every profile, for what each request needs: one round trip. */
  lookUp<T>(read: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same surroundings, narrowed to one profile and its row-level security. */
  forProfile(profile: Profile, actor?: Actor): Ctx;
}

export interface Surroundings {
  readonly database: Database;
  readonly secrets: SecretBox;
  readonly publicUrl: string;
  readonly clock?: () => number;
}

export function createCtx(
  around: Surroundings,
  who: { profile: Profile; actor: Actor; requestId: string },
): Ctx {
  const { profile, actor, requestId } = who;
  return {
    profile,
    profileId: profile.id,
    actor,
    requestId,
    publicUrl: around.publicUrl,
    secrets: around.secrets,
    now: around.clock ?? Date.now,
    inTransaction: (work) => around.database.asProfile(profile.id, work),
  };
}

export function createSystemCtx(around: Surroundings, who: { actor: Actor; requestId: string }): SystemCtx {
  return {
    ...who,
    publicUrl: around.publicUrl,
    secrets: around.secrets,
    now: around.clock ?? Date.now,
    inTransaction: (work) => around.database.asSystem(work),
    lookUp: (read) => around.database.lookUp(read),
    forProfile: (profile, actor = who.actor) =>
      createCtx(around, { profile, actor, requestId: who.requestId }),
  };
}

/** The same caller inside a transaction that is already open: what it writes commits or vanishes with it. */
export function within(ctx: Ctx, tx: Tx): Ctx {
  return { ...ctx, inTransaction: (work) => work(tx) };
}

/** The same caller at another instant: a workflow's time, or a moved object's clock. */
export function at(ctx: Ctx, nowMs: number): Ctx {
  return { ...ctx, now: () => nowMs };
}
