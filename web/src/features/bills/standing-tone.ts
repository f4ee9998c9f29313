import type { BillStanding } from '#domain/bill.ts';
import type { Tone } from '../../components/state-badge.tsx';

export const STANDING_TONE: Readonly<Record<BillStanding, Tone>> = {
  due: 'waiting',
  paid: 'good',
  expired: 'over',
  deleted: 'over',
};
