import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { runInThisContext } from 'node:vm';
import type { Result } from '@teletransmission/kernel';
import * as actes from '@teletransmission/actes';

/** Une expression du README, ce qu'elle vaut, et ce que le README en dit. */
interface Claim {
  readonly source: string;
  readonly actual: unknown;
  readonly told: unknown;
}

const README = readFileSync(path.join(__dirname, '../README.md'), 'utf8');
const CODE = [...README.matchAll(/^```js\n([^]*?)^```/gm)].map(([, block]) => block ?? '').join('\n');
const TOLD = /^(\S.*); \/\/ → (.+)$/;

const AIDS = {
  octets: (text: string): Buffer => Buffer.from(text),
  flux: (content: Uint8Array): Readable => Readable.from([Buffer.from(content)], { objectMode: false }),
  buffer,
  valeur: <T>(result: Result<T>): T => {
    if (!result.ok) throw new Error(result.problem.detail);
    return result.value;
  },
};

async function playReadme(): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  const scope = {
    ...actes,
    ...AIDS,
    verifier: (source: string, actual: unknown, told: unknown) => claims.push({ source, actual, told }),
  };
  const body = CODE.split('\n').map((line) => {
    const told = TOLD.exec(line);
    return told ? `verifier(${JSON.stringify(told[1])}, ${told[1] ?? ''}, (${told[2] ?? ''}));` : line;
  });
  const play = runInThisContext(
    `(async ({ ${Object.keys(scope).join(', ')} }) => {\n${body.join('\n')}\n})`,
  ) as (names: typeof scope) => Promise<void>;
  await play(scope);
  return claims;
}

/** Les valeurs viennent d'un autre domaine d'exécution : on compare ce qu'elles disent. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

describe('les exemples du README', () => {
  it('valent tous ce qu’il en dit', async () => {
    const claims = await playReadme();
    expect(claims.length).toBe(CODE.split('\n').filter((line) => TOLD.test(line)).length);
    expect(claims.map(({ source, actual }) => ({ source, said: plain(actual) }))).toMatchObject(
      claims.map(({ source, told }) => ({ source, said: plain(told) })),
    );
  });

  it.each(Object.keys(actes))('montrent %s', (name) => {
    expect(CODE).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
