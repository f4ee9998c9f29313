import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { requestOrigin } from './request-origin.ts';

const direct = { publicUrl: undefined, trustProxy: false };
const proxied = { publicUrl: undefined, trustProxy: true };

function from(remoteAddress: string, localAddress = '10.0.0.9'): IncomingMessage {
  return { socket: { remoteAddress, localAddress, localPort: 3000 } } as IncomingMessage;
}

test('forwarded headers count for nothing without a trusted proxy', () => {
  const headers = new Headers({
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'pay.example',
    host: 'evil.example',
  });
  expect(requestOrigin(headers, from('203.0.113.7'), direct)).toEqual({
    isHttps: false,
    isLoopback: false,
    address: '203.0.113.7',
    publicUrl: 'http://10.0.0.9:3000',
  });
});

test('behind a trusted proxy its own word counts, which is the last of a list', () => {
  const headers = new Headers({
    'x-forwarded-for': '127.0.0.1, 203.0.113.7',
    'x-forwarded-proto': 'http, https',
    'x-forwarded-host': 'pay.example',
  });
  expect(requestOrigin(headers, from('127.0.0.1'), proxied)).toEqual({
    isHttps: true,
    isLoopback: false,
    address: '203.0.113.7',
    publicUrl: 'https://pay.example',
  });
});

test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])(
  '%s is loopback, whose Host is believed',
  (address) => {
    const origin = requestOrigin(new Headers({ host: 'localhost:3000' }), from(address), direct);
    expect(origin).toMatchObject({ isLoopback: true, isHttps: false, publicUrl: 'http://localhost:3000' });
  },
);

test.each(['::ffff:203.0.113.7', '12.127.0.1', '::2', '1270.0.0.1'])('%s is not loopback', (address) => {
  expect(requestOrigin(new Headers(), from(address), direct).isLoopback).toBe(false);
});

test.each(['a b', 'a/b', 'a@b', 'a?b', '', 'a:b'])('a Host of %j never enters a URL', (host) => {
  const headers = { get: (name: string) => (name === 'host' ? host : null) };
  expect(requestOrigin(headers, from('127.0.0.1', '::1'), direct).publicUrl).toBe('http://[::1]:3000');
});

test('the public URL of the settings wins over everything', () => {
  const settings = { publicUrl: 'https://pay.example/kekal', trustProxy: true };
  const headers = new Headers({ host: 'other.example', 'x-forwarded-host': 'third.example' });
  expect(requestOrigin(headers, from('127.0.0.1'), settings).publicUrl).toBe('https://pay.example/kekal');
});

test('a call without a socket comes from this process', () => {
  expect(requestOrigin(new Headers({ host: 'localhost' }), undefined, direct)).toEqual({
    isHttps: false,
    isLoopback: true,
    address: '127.0.0.1',
    publicUrl: 'http://localhost',
  });
});
