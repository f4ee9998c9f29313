import { readFileSync } from 'node:fs';
import type { TLSConfig } from '@temporalio/client';
import type { Config } from './config.ts';

type Settings = Pick<
  Config,
  | 'temporalAddress'
  | 'temporalTls'
  | 'temporalTlsCaFile'
  | 'temporalTlsCertFile'
  | 'temporalTlsKeyFile'
  | 'temporalApiKey'
>;

/** How a client's or a worker's connection is opened: address, TLS with its certificates, API key. */
export interface TemporalConnection {
  address: string;
  tls?: TLSConfig;
  apiKey?: string;
}

/** Reads the certificates that the settings name. */
export function temporalConnection(config: Settings): TemporalConnection {
  const { temporalTlsCaFile: ca, temporalTlsCertFile: crt, temporalTlsKeyFile: key, temporalApiKey } = config;
  const tls = {
    ...(ca && { serverRootCACertificate: readFileSync(ca) }),
    ...(crt && key && { clientCertPair: { crt: readFileSync(crt), key: readFileSync(key) } }),
  };
  return {
    address: config.temporalAddress,
    ...(config.temporalTls && { tls }),
    ...(temporalApiKey && { apiKey: temporalApiKey }),
  };
}
