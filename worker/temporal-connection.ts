import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from '@temporalio/client';
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

/** What clients and native connections are opened with: address, TLS with its certificates, API key. */
export function temporalConnection(config: Settings): Pick<ConnectionOptions, 'address' | 'tls' | 'apiKey'> {
  const {
    temporalTlsCaFile: ca,
    temporalTlsCertFile: crt,
    temporalTlsKeyFile: key,
    temporalApiKey: apiKey,
  } = config;
  const tls = {
    ...(ca && { serverRootCACertificate: readFileSync(ca) }),
    ...(crt && key && { clientCertPair: { crt: readFileSync(crt), key: readFileSync(key) } }),
  };
  return {
    address: config.temporalAddress,
    ...(config.temporalTls && { tls }),
    ...(apiKey && { apiKey }),
  };
}
