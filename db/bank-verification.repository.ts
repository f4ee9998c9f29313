import type { Selectable } from 'kysely';
import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';
import type { BankVerificationsTable } from './tables/working-days.ts';

/** One registration of a bank account. */
export interface BankVerification {
  readonly id: string;
  readonly profileId: number;
  readonly name: string;
  /** IC or SSM number, as text. */
  readonly idNo: string;
  /** 5 to 20 digits, leading zeros kept. */
  readonly accNo: string;
  readonly code: string;
  readonly organization: boolean;
  readonly status: 'pending' | 'verified' | 'rejected';
  readonly rejectedDesc: string | null;
  readonly registeredAtMs: number;
  readonly dueAtMs: number;
  readonly processedAtMs: number | null;
  readonly createdBy: number | null;
}

/** Unknown or another profile's: `not_found`. `lock` holds it until the transaction ends. */
export async function loadBankVerification(
  tx: Tx,
  profileId: number,
  id: string,
  options: { lock?: boolean } = {},
): Promise<BankVerification> {
  const row = await tx
    .selectFrom('bank_verifications')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ? toVerification(row) : refuse('not_found', { bankVerificationId: id });
}

/** The newest registration of each number, in the order of the numbers; unknown ones are left out. */
export async function newestByAccount(
  tx: Tx,
  profileId: number,
  accNos: readonly string[],
): Promise<BankVerification[]> {
  if (accNos.length === 0) return [];
  const rows = await tx
    .selectFrom('bank_verifications')
    .selectAll()
    .distinctOn('acc_no')
    .where('profile_id', '=', profileId)
    .where('acc_no', 'in', accNos)
    .orderBy('acc_no')
    .orderBy('seq', 'desc')
    .execute();
  const byNumber = new Map(rows.map((row) => [row.acc_no, toVerification(row)]));
  return [...new Set(accNos)].flatMap((accNo) => byNumber.get(accNo) ?? []);
}

/** A registration that is equal in all five fields and not rejected. */
export async function findEqual(
  tx: Tx,
  wanted: Pick<BankVerification, 'profileId' | 'name' | 'idNo' | 'accNo' | 'code' | 'organization'>,
): Promise<BankVerification | undefined> {
  const row = await tx
    .selectFrom('bank_verifications')
    .selectAll()
    .where('profile_id', '=', wanted.profileId)
    .where('acc_no', '=', wanted.accNo)
    .where('name', '=', wanted.name)
    .where('id_no', '=', wanted.idNo)
    .where('code', '=', wanted.code)
    .where('organization', '=', wanted.organization)
    .where('status', '<>', 'rejected')
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return row && toVerification(row);
}

/** Of every profile that the transaction sees, the earliest due first. */
export async function listBankVerifications(
  tx: Tx,
  filter: {
    profileId?: number;
    status?: BankVerification['status'];
    overdueAtMs?: number;
    limit: number;
  },
): Promise<BankVerification[]> {
  const { profileId, status, overdueAtMs } = filter;
  const rows = await tx
    .selectFrom('bank_verifications')
    .selectAll()
    .$if(profileId !== undefined, (q) => q.where('profile_id', '=', profileId as number))
    .$if(status !== undefined, (q) => q.where('status', '=', status as 'pending'))
    .$if(overdueAtMs !== undefined, (q) =>
      q.where('status', '=', 'pending').where('due_at', '<=', new Date(overdueAtMs as number)),
    )
    .orderBy('due_at')
    .orderBy('seq')
    .limit(filter.limit)
    .execute();
  return rows.map(toVerification);
}

export async function insertBankVerification(tx: Tx, verification: BankVerification): Promise<void> {
  await tx.insertInto('bank_verifications').values(toRow(verification)).execute();
}

/** Writes a decision or a later due instant. */
export async function saveBankVerification(tx: Tx, verification: BankVerification): Promise<void> {
  await tx
    .updateTable('bank_verifications')
    .set(toRow(verification))
    .where('profile_id', '=', verification.profileId)
    .where('id', '=', verification.id)
    .execute();
}

function toRow(verification: BankVerification) {
  return {
    id: verification.id,
    profile_id: verification.profileId,
    name: verification.name,
    id_no: verification.idNo,
    acc_no: verification.accNo,
    code: verification.code,
    organization: verification.organization,
    status: verification.status,
    rejected_desc: verification.rejectedDesc,
    registered_at: new Date(verification.registeredAtMs),
    due_at: new Date(verification.dueAtMs),
    processed_at: verification.processedAtMs === null ? null : new Date(verification.processedAtMs),
    created_by: verification.createdBy,
  };
}

function toVerification(row: Selectable<BankVerificationsTable>): BankVerification {
  return {
    id: row.id,
    profileId: row.profile_id,
    name: row.name,
    idNo: row.id_no,
    accNo: row.acc_no,
    code: row.code,
    organization: row.organization,
    status: row.status,
    rejectedDesc: row.rejected_desc,
    registeredAtMs: row.registered_at.getTime(),
    dueAtMs: row.due_at.getTime(),
    processedAtMs: row.processed_at?.getTime() ?? null,
    createdBy: row.created_by,
  };
}
