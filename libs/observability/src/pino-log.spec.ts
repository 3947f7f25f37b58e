import { existsSync } from 'node:fs';
import type { Log, LogFields } from '@teletransmission/kernel';
import { createLog, openJournal } from './pino-log';

let lines: string[];
const log = (trace: string | null = null): Log =>
  createLog('essai', 'info', { current: () => trace }, { write: (line) => lines.push(line) });
const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;
beforeEach(() => {
  lines = [];
});

const SECRET = 'Mme Œuvre <oeuvre@example.org>';

describe('une ligne de journal', () => {
  it('porte son application, son heure en UTC, son message constant et les champs donnés, rien d’autre', () => {
    log().info('demande traitée', { method: 'GET', status: 200 });
    expect(Object.keys(last()).sort()).toEqual(['app', 'level', 'message', 'method', 'status', 'time']);
    expect(last()).toMatchObject({ app: 'essai', message: 'demande traitée', method: 'GET', status: 200 });
    expect(last()['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('n’admet que le vocabulaire fermé : un autre champ ne compile pas', () => {
    // @ts-expect-error un nom n'entre pas au journal
    const fields: LogFields = { nom: SECRET };
    expect(Object.keys(fields)).toEqual(['nom']);
  });

  it('porte la trace en cours, et non une trace passée', () => {
    log('a'.repeat(32)).warn('alerte');
    expect(last()['traceId']).toBe('a'.repeat(32));
    log().warn('alerte');
    expect(last()).not.toHaveProperty('traceId');
  });

  it('garde les champs de sa portée, et ne dit pas deux fois celui qu’elle redit', () => {
    log().with({ queue: 'seal-enveloppe', turn: 1 }).with({ jobId: 'j' }).info('fait', { turn: 2 });
    expect(last()).toMatchObject({ queue: 'seal-enveloppe', jobId: 'j', turn: 2 });
    expect(lines.at(-1)?.match(/"turn"/g)).toHaveLength(1);
  });

  it('se tait au-dessous de son niveau', () => {
    const quiet = createLog('essai', 'silent', undefined, { write: (line) => lines.push(line) });
    quiet.error('rien');
    expect(lines).toEqual([]);
  });
});

describe('une erreur au journal', () => {
  it('dit son nom, son code, ses causes et où elle est née', () => {
    const cause = Object.assign(new RangeError(SECRET), { code: '23505' });
    log().error('défaut', { code: 'service/defect' }, new TypeError(SECRET, { cause }));
    expect(last()).toMatchObject({
      code: 'service/defect',
      erreur: { nom: 'TypeError', cause: { nom: 'RangeError', code: '23505' } },
    });
    const { pile } = last()['erreur'] as { pile: string[] };
    expect(pile[0]).toContain('pino-log.spec');
  });

  it.each([
    ['sur une ligne', SECRET],
    ['sur plusieurs lignes', `ligne\n${SECRET}\nfin`],
    ['qui imite une pile', `Error\n    at ${SECRET} (a.js:1:1)\n    at ${SECRET} (b.js:2:2)`],
  ])('ne répète jamais son message : %s', (_, message) => {
    log().error('défaut', {}, new Error(message, { cause: new Error(message) }));
    expect(lines.join('')).not.toContain('Œuvre');
    expect(lines.join('')).not.toContain('example.org');
  });

  it('ne dit d’un objet lancé que sa sorte, et ne suit pas sans fin une cause qui se cite', () => {
    log().error('défaut', {}, SECRET);
    expect(last()['erreur']).toEqual({ nom: 'string' });
    const loop = new Error('boucle');
    loop.cause = loop;
    log().error('défaut', {}, loop);
    expect(lines).toHaveLength(2);
  });
});

// /dev/full refuse toute écriture comme un disque plein (ENOSPC) ; Linux seul l'a.
(existsSync('/dev/full') ? describe : describe.skip)('le journal d’un disque plein', () => {
  it('ne finit pas le processus qui écrit', () => {
    const log = createLog('essai', 'info', undefined, openJournal('/dev/full'));
    expect(() => {
      log.info('une ligne que le disque refuse');
    }).not.toThrow();
  });
});
