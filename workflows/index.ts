export { bankVerification } from './bank-verification/workflow.ts';
export { callback } from './callback/workflow.ts';
export { mail } from './mail/workflow.ts';
export { payment } from './payment/workflow.ts';
export { rankReset } from './rank-reset/workflow.ts';
