/** One mail, ready to go. */
export interface OutgoingMail {
  /** Becomes the local part of the Message-ID: the same mail sent again is recognised as the same message. */
  readonly id: string;
  readonly to: readonly string[];
  /** Who speaks, beside our own sender address. */
  readonly fromName: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Epoch ms: when the mail was made, in every try the same. */
  readonly dateMs: number;
}

/** Every outcome is a value. `deferred`: the server, or the way to it, may do better later. */
export type MailResult =
  | { readonly kind: 'accepted'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  | {
      readonly kind: 'deferred';
      readonly detail: string;
      /** The text had gone out when the connection broke: the server may have taken it all the same. */
      readonly mayHaveArrived: boolean;
    };

export interface MailSender {
  send(mail: OutgoingMail): Promise<MailResult>;
}
