import type { AppError } from '../../../shared/errors.ts'
import { networkError } from '../../../electron/mathpix/network-error.ts'
import { envelope, replyHtml, replyJson } from './acts.ts'
import { batchFails, comesBack, goesOn, imageFails, unclear, type FaultCase } from './fault-case.ts'

const CLIENT_ERRORS = [
  400, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423,
  424, 425, 426, 428, 431, 451,
]
const SERVER_ERRORS = [500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 522, 524]

const keysRefused: AppError = {
  kind: 'mathpix',
  id: 'http_unauthorized',
  message: 'Invalid credentials',
}
const tooMany: AppError = { kind: 'mathpix', id: 'http_max_requests', message: 'Too many requests' }

const sent: readonly FaultCase[] = [
  ...CLIENT_ERRORS.map((status): FaultCase => ({
    name: status === 413 ? 'HTTP 413, images with addresses' : `HTTP ${status}`,
    at: 'send',
    ...(status === 413 ? { images: 'by_address' } : {}),
    arrange: ({ server }) => server.fail('send', replyHtml(status)),
    ends: comesBack(networkError('http', status)),
    sends: 1,
  })),
  ...SERVER_ERRORS.map((status): FaultCase => ({
    name: `HTTP ${status}`,
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyHtml(status)),
    ends: unclear(networkError('http', status).message),
    sends: 1,
  })),
  {
    name: 'HTTP 401',
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyHtml(401)),
    ends: comesBack(keysRefused),
    sends: 1,
  },
  {
    name: 'HTTP 429, twice',
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyHtml(429, { 'retry-after': '3' }), 2),
    ends: goesOn(tooMany),
    sends: 3,
    check: ({ waits }) => {
      if (waits[0] !== 3000) throw new Error(`waited ${waits.join()}`)
    },
  },
  ...[301, 302, 303, 307, 308].map((status): FaultCase => ({
    name: `HTTP ${status}, to another address`,
    at: 'send',
    arrange: ({ server }) =>
      server.fail('send', replyHtml(status, { location: 'http://127.0.0.1:9/steals-keys' })),
    ends: unclear(networkError('http', status).message),
    sends: 1,
  })),
  {
    name: 'HTTP 500 with an error as JSON',
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyJson({ error: 'Internal Server Error' }, 500)),
    ends: unclear('The server had a problem with the request: “Internal Server Error”.'),
    sends: 1,
  },
]

const asked: readonly FaultCase[] = [
  ...[...CLIENT_ERRORS, ...SERVER_ERRORS, 302].map((status): FaultCase => ({
    name: `HTTP ${status}`,
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyHtml(status)),
    ends: goesOn(networkError('http', status)),
    sends: 1,
  })),
  {
    name: 'HTTP 401',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyJson(envelope('http_unauthorized'), 401)),
    ends: batchFails(keysRefused),
    sends: 1,
  },
  {
    name: 'HTTP 429',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyHtml(429)),
    ends: goesOn(tooMany),
    sends: 1,
  },
  {
    name: 'HTTP 503 for twenty minutes',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyHtml(503), 25),
    ends: goesOn(networkError('http', 503)),
    sends: 1,
  },
]

const uploaded: readonly FaultCase[] = [
  ...[400, 403, 404, 413].map((status): FaultCase => ({
    name: `HTTP ${status}`,
    at: 'upload',
    arrange: ({ server }) => server.fail('upload', replyHtml(status)),
    ends: imageFails(networkError('http', status)),
    sends: 1,
  })),
  {
    name: 'HTTP 401',
    at: 'upload',
    arrange: ({ server }) => server.fail('upload', replyHtml(401)),
    ends: comesBack(keysRefused),
    sends: 1,
  },
  {
    name: 'HTTP 429',
    at: 'upload',
    arrange: ({ server }) => server.fail('upload', replyHtml(429)),
    ends: goesOn(tooMany),
    sends: 2,
  },
  ...[500, 502, 503].map((status): FaultCase => ({
    name: `HTTP ${status}`,
    at: 'upload',
    arrange: ({ server }) => server.fail('upload', replyHtml(status)),
    ends: unclear(networkError('http', status).message),
    sends: 1,
  })),
]

export const statusCases: readonly FaultCase[] = [...sent, ...asked, ...uploaded]
