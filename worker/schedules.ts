import { Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { RANK_RESET_SCHEDULE, RANK_RESET_WORKFLOW } from '#workflows/rank-reset/contract.ts';
import type { Config } from './config.ts';
import { connectLazily } from './temporal-clients.ts';

/** What happens by the clock of Kuala Lumpur, in both namespaces; made once, left alone afterwards. */
export async function ensureSchedules(config: Config): Promise<void> {
  const connection = connectLazily(config);
  try {
    for (const mode of ['live', 'sandbox'] as const) {
      const { schedule } = new Client({ connection, namespace: mode });
      await schedule
        .create({
          scheduleId: RANK_RESET_SCHEDULE,
          spec: { calendars: [{ hour: 17 }], timezone: 'Asia/Kuala_Lumpur' },
          action: {
            type: 'startWorkflow',
            workflowType: RANK_RESET_WORKFLOW,
            taskQueue: `${config.taskQueuePrefix}kekal`,
            args: [{ mode, timeouts: config.timeouts }],
          },
          policies: { catchupWindow: '24 hours', overlap: ScheduleOverlapPolicy.SKIP },
        })
        .catch((error: unknown) => {
          if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        });
    }
  } finally {
    await connection.close();
  }
}
