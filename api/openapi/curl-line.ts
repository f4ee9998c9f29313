import { FILE, type Operation, type Sample } from './operation.ts';
import { rackPairs } from './rack-pairs.ts';

/** The request of a sample as a line for a shell, as the seed writes them. */
export function curlLine({ method, path }: Operation, sample: Sample, host: string): string {
  const pairs = rackPairs(sample.params ?? {});
  const option = pairs.some(([, value]) => value === FILE) ? '-F' : '--data-urlencode';
  const target = path.replace(/\{(\w+)\}/g, (_all, name: string) => sample.path?.[name] ?? name);
  return [
    `curl ${methodOption(method, pairs.length)}'${host}${target}'`,
    '-u YOUR_KEY:',
    ...pairs.map(([name, value]) => `${option} ${quoted(`${name}=${value === FILE ? `@${FILE}` : value}`)}`),
  ].join(' \\\n  ');
}

function methodOption(method: Operation['method'], pairs: number): string {
  if (method === 'GET') return pairs > 0 ? '-G ' : '';
  return method === 'POST' && pairs > 0 ? '' : `-X ${method} `;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
