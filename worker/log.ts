import { type Logger, pino } from 'pino';

/** Paths that are never written in full; card numbers cannot be in fields that we log by name. */
const REDACTED = [
  'authorization',
  'password',
  'secret',
  'token',
  'cookie',
  '*.authorization',
  '*.password',
  '*.secret',
  '*.token',
];

/** JSON lines on stdout, one a line; `name` tells the process. */
export function createLog(name: string, level: string): Logger {
  return pino({
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { error: pino.stdSerializers.err },
  });
}
