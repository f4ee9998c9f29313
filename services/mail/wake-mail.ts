import type { Tx } from '#db/database.ts';
import { insertOutbox } from '#db/durability.repository.ts';
import { loadProfile } from '#db/profile.repository.ts';
import { MAIL_WORKFLOW, mailWorkflowId } from '#workflows/mail/contract.ts';

/** Tells the workflow of a mail that nobody sends, starting it where it is gone; it looks first, so this is harmless. */
export async function wakeMail(
  tx: Tx,
  { id, profileId }: { id: string; profileId: number | null },
  requestId: string,
): Promise<void> {
  await insertOutbox(tx, {
    kind: 'tell',
    workflowType: MAIL_WORKFLOW,
    workflowId: mailWorkflowId(id),
    input: { profileId, mailId: id },
    profileId,
    mode: profileId === null ? 'live' : (await loadProfile(tx, profileId)).mode,
    objectId: id,
    summary: 'mail found by the sweeper',
    requestId,
  });
}
