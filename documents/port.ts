import type { MailContent, MailLanguage } from '#domain/mail.ts';

/** What the writer of a mail knows besides its facts. */
export interface MailFrame {
  readonly language: MailLanguage;
  /** Base of every link, without a trailing slash. */
  readonly publicUrl: string;
  /** Nothing in it is real: the subject says so. */
  readonly sandbox: boolean;
}

/** A written mail; a text message has neither subject nor markup. */
export interface WrittenMail {
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
}

/** Writes a mail from its facts: the same facts give the same mail. */
export type WriteMail = (content: MailContent, frame: MailFrame) => WrittenMail;
