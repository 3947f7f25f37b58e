import { MalformedCursor } from '@teletransmission/teletransmission';
import { decodeCursor, encodeCursor } from './cursor';

const ID = '0190f3f0-0000-7000-8000-000000000000';
const LE = '2022-10-20T09:00:00.000Z';
const written = (text: string): string => Buffer.from(text).toString('base64url');

describe('un curseur', () => {
  it('rend la clé qu’on y a mise', () => {
    expect(decodeCursor(encodeCursor([1, LE, ID]), ['smallint', 'instant', 'uuid'])).toEqual([1, LE, ID]);
    expect(decodeCursor(encodeCursor([-2_147_483_647]), ['int'])).toEqual([-2_147_483_647]);
    expect(decodeCursor(encodeCursor(['9999-12-31T23:59:59.999Z']), ['instant'])).toHaveLength(1);
  });

  it.each([
    ['smallint', [40_000]],
    ['smallint', ['1']],
    ['int', [2 ** 31]],
    ['int', [0.5]],
    ['int', [1e308]],
    ['int', [null]],
    ['bigint', [2 ** 53]],
    ['uuid', ['0190F3F0-0000-7000-8000-000000000000']],
    ['uuid', [`${ID}\u0000`]],
    ['uuid', [1]],
    ['instant', ['2022-10-20']],
    ['instant', ['2022-10-20T09:00:00Z']],
    ['instant', ['0000-01-01T00:00:00.000Z']],
    ['instant', ['-000001-01-01T00:00:00.000Z']],
    ['instant', ['+275760-09-13T00:00:00.000Z']],
    ['instant', ['2022-13-45T00:00:00.000Z']],
    ['instant', [8.64e15]],
    ['instant', [[LE]]],
    ['uuid', [ID, ID]],
    ['uuid', []],
  ] as const)('dont la clé %s serait %j n’est pas de nous', (kind, key) => {
    expect(() => decodeCursor(written(JSON.stringify(key)), [kind])).toThrow(MalformedCursor);
  });

  it.each([
    '',
    ' ',
    '*',
    written('{}'),
    written('null'),
    written('[1e0]'),
    written('[ 1]'),
    `${encodeCursor([1])}=`,
  ])('%j n’est pas de nous', (text) => {
    expect(() => decodeCursor(text, ['int'])).toThrow(MalformedCursor);
  });
});
