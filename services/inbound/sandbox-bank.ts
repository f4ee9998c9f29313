/** A payment as the sandbox bank's page shows it. */
export interface BankSession {
  readonly id: string;
  readonly merchantTransactionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly bankCode: string;
  readonly returnUrl: string;
  readonly state: 'open' | 'pending' | 'paid' | 'failed' | 'abandoned';
}

export type BankButton = 'success' | 'fail' | 'pending';

/** What the pages need of the sandbox bank beyond the gateway port; the sandbox gateway has this shape. */
export interface SandboxBank {
  session(id: string, nowMs: number): Promise<BankSession | undefined>;
  /** Presses a button and gives the signed notice that the bank then sends. */
  press(
    id: string,
    button: BankButton,
    nowMs: number,
  ): Promise<
    | {
        readonly payment: BankSession;
        readonly body: Uint8Array;
        readonly headers: Readonly<Record<string, string>>;
      }
    | undefined
  >;
}
