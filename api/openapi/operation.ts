import type { z } from 'zod';
import type { BillplzForm } from '../http/billplz-form.ts';

/** What a request carries, as JSON says it; `FILE` stands for a picture. */
export type SampleParams = Readonly<Record<string, unknown>>;

/** In a sample: the file part that curl sends as `@uploadPhoto.png`. */
export const FILE = 'uploadPhoto.png';

/** One request and its answer. */
export interface Sample {
  /** `required`, `optional` and the like: the key of the example. */
  readonly name: string;
  readonly summary: string;
  /** Values of the path's parameters. */
  readonly path?: Readonly<Record<string, string>>;
  readonly params?: SampleParams;
  readonly answer: unknown;
}

/** Names and order of the document's sections. */
export const TAGS = [
  'Collections',
  'Open collections',
  'Bills',
  'Payment methods',
  'Bank account verification',
  'Banks and gateways',
  'Callbacks',
  'Customer receipts',
  'Sandbox',
] as const;

/** One method and path of the Billplz-compatible API, with the schemas that its code reads and writes by. */
export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/api/v3/bills/{BILL_ID}`, parameters named as in the seed. */
  readonly path: string;
  readonly tag: (typeof TAGS)[number];
  readonly summary: string;
  readonly description?: string;
  /** The form that validates; none where nothing but the path is read. */
  readonly form?: BillplzForm<unknown>;
  /** Name of a component, and its schema. */
  readonly answer: readonly [name: string, schema: z.ZodType];
  /** 404 although the path has no id. */
  readonly mayMiss?: true;
  /** A Bearer key, and a key of several profiles with `profile_id`, are let in as well. */
  readonly anyKey?: true;
  readonly samples: readonly [Sample, ...Sample[]];
}
