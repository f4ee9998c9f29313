import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoSecrets } from './seed.ts';

/** `demo.json`, whole: what an integrator or a test needs to try the running stack. */
export interface Demo extends DemoSecrets {
  readonly url: string;
  readonly temporal_ui: string | null;
  readonly mail: string | null;
  readonly database_url: string;
}

/** Writes `demo.json` into the home, readable by its owner only; nobody ever sees half of it. */
export function writeDemo(home: string, demo: Demo): string {
  const file = join(home, 'demo.json');
  writePrivately(file, demo);
  return file;
}

/** Replaces a file by `content` as JSON, mode 0600, at once. */
export function writePrivately(file: string, content: unknown): void {
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/** What `npm start` prints when everything is up: where things are, the demo keys, and one command to try. */
export function describeDemo(demo: Demo, file: string): string[] {
  const { url, billplz, orders, portal } = demo;
  return [
    row('Bill API', `${url}/api/v3`),
    row('Portal', `${url}/ (${portal.email} / ${portal.password})`),
    row('Temporal UI', demo.temporal_ui),
    row('Mail inbox', demo.mail),
    row('API key', billplz.api_key),
    row('X Signature', billplz.x_signature_key),
    row('Collection', billplz.collection_id),
    row('Orders token', `${orders.token} (profile ${orders.profile_id})`),
    row('All of it', file),
    '',
    'Create a bill, then open its "url" in a browser and pay:',
    `  curl -u ${billplz.api_key}: ${url}/api/v3/bills -d collection_id=${billplz.collection_id} \\`,
    "    -d name='Aminah' -d email=aminah@example.com -d amount=200 -d description='A coffee' \\",
    `    -d callback_url=${url}/`,
  ].filter((line) => line !== null);
}

function row(name: string, value: string | null): string | null {
  return value === null ? null : `  ${name.padEnd(14)}${value}`;
}
