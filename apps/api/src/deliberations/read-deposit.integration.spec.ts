import { once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { CuttableRelay } from '../../../../test/services/cuttable-relay';
import { openCuttableRelay } from '../../../../test/services/cuttable-relay';
import { runSql } from '../../../../test/services/own-database';
import { eventually } from '../../../../test/services/eventually';
import { aDeposit, aDossier, multipartOf } from '../../test/a-deposit';
import { aPdf } from '@teletransmission/testkit';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

const blob = (octets: Uint8Array, type = 'application/pdf'): Blob =>
  new Blob([new Uint8Array(octets)], { type });
const fichier = (nom: string): readonly [string, Blob, string] => ['fichier', blob(aPdf(nom)), nom];

async function send(parts: Parameters<typeof multipartOf>[0]): Promise<Answer> {
  const { payload, headers } = await multipartOf(parts);
  return api.ask('POST', '/v1/deliberations', { headers, body: payload });
}

/** Une partie écrite à la main : `FormData` ne sait pas annoncer le type d'un champ. */
function rawMultipart(parts: readonly (readonly [head: string, body: string])[]): {
  headers: Record<string, string>;
  body: string;
} {
  const body = parts
    .map(([head, text]) => `--limite\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`)
    .join('');
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=limite' },
    body: `${body}--limite--\r\n`,
  };
}

async function storedFiles(): Promise<readonly string[]> {
  const entries = await readdir(api.dossier, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

async function filesLeftHalfWritten(): Promise<readonly string[]> {
  return readdir(path.join(api.dossier, 'arrivee')).catch(() => []);
}

describe('la partie « dossier »', () => {
  const files = [fichier('extrait.pdf'), fichier('convention.pdf')];

  it('se lit en champ, en fichier, ou en champ annoncé en JSON', async () => {
    const asField = await send([['dossier', JSON.stringify(aDossier())], ...files]);
    const asFile = await send([
      ['dossier', blob(Buffer.from(JSON.stringify(aDossier())), 'application/json'), 'dossier.json'],
      ...files,
    ]);
    const typed = 'name="dossier"\r\nContent-Type: application/json';
    const asJsonField = await api.ask(
      'POST',
      '/v1/deliberations',
      rawMultipart([
        [typed, JSON.stringify(aDossier({ annexes: [] }))],
        ['name="fichier"; filename="extrait.pdf"\r\nContent-Type: application/pdf', aPdf().toString()],
      ]),
    );
    expect([asField.status, asFile.status, asJsonField.status]).toEqual([201, 201, 201]);
  });

  it('peut venir avant, entre ou après les fichiers', async () => {
    const dossier = (): readonly [string, string] => ['dossier', JSON.stringify(aDossier())];
    const [first, second] = files;
    if (!first || !second) throw new Error('Deux fichiers sont attendus');
    const orders = [
      [dossier(), first, second],
      [first, dossier(), second],
      [second, first, dossier()],
    ];
    for (const order of orders) expect((await send(order)).status).toBe(201);
  });

  it.each([
    ['manque', [fichier('extrait.pdf')]],
    [
      'est donnée deux fois',
      [
        ['dossier', '{}'],
        ['dossier', '{}'],
      ],
    ],
    ['n’est pas du JSON', [['dossier', '{ "collectivite": ']]],
    ['est vide', [['dossier', '']]],
  ] as const)('est refusée quand elle %s', async (_, parts) => {
    const answer = await send(parts);
    expect([answer.status, answer.body['code']]).toEqual([400, 'http/malformed']);
    expect(answer.body['detail']).toContain('dossier');
  });

  it('est refusée quand elle s’annonce en JSON sans en être', async () => {
    const answer = await api.ask(
      'POST',
      '/v1/deliberations',
      rawMultipart([['name="dossier"\r\nContent-Type: application/json', '{ oui']]),
    );
    expect([answer.status, answer.body['code']]).toEqual([400, 'http/malformed']);
  });

  it.each([
    ['en champ', (text: string): readonly [string, string] => ['dossier', text]],
    [
      'en fichier',
      (text: string): readonly [string, Blob, string] => ['dossier', blob(Buffer.from(text)), 'd.json'],
    ],
  ])('au-delà d’un mébioctet %s, est trop lourde', async (_, part) => {
    const answer = await send([part(JSON.stringify(aDossier({ objet: 'o'.repeat(1024 * 1024) })))]);
    expect([answer.status, answer.body['code']]).toEqual([413, 'http/too-large']);
    expect(answer.body['detail']).toContain('dossier');
  });

  /** La même demande, le dossier en octets, par les trois façons de le joindre. */
  const WAYS: readonly (readonly [string, string])[] = [
    ['en champ', 'name="dossier"'],
    ['en champ annoncé en JSON', 'name="dossier"\r\nContent-Type: application/json; charset=iso-8859-1'],
    ['en fichier', 'name="dossier"; filename="dossier.json"\r\nContent-Type: application/json'],
  ];
  const octets = (head: string, dossier: Buffer): { headers: Record<string, string>; body: Buffer } => {
    const part = (name: string, content: Buffer): Buffer =>
      Buffer.concat([
        Buffer.from(`--limite\r\nContent-Disposition: form-data; ${name}\r\n\r\n`),
        content,
        Buffer.from('\r\n'),
      ]);
    return {
      headers: { 'content-type': 'multipart/form-data; boundary=limite' },
      body: Buffer.concat([
        part(head, dossier),
        part('name="fichier"; filename="délibération.pdf"', aPdf()),
        Buffer.from('--limite--\r\n'),
      ]),
    };
  };
  const texte = (changes: Readonly<Record<string, unknown>> = {}): string =>
    JSON.stringify(aDossier({ document: { fichier: 'délibération.pdf' }, annexes: [], ...changes }), null, 1);

  it.each(WAYS)('se lit %s avec une marque d’ordre, accents compris', async (_, head) => {
    const answer = await api.ask('POST', '/v1/deliberations', octets(head, Buffer.from(`\ufeff${texte()}`)));
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  });

  it.each(WAYS)(
    'n’est jamais devinée %s : ce qui n’est pas de l’UTF-8 est refusé, avec sa place',
    async (_, head) => {
      const before = await api.rowCounts();
      const latin1 = Buffer.from(texte({ objet: 'Création d\u0092une régie' }), 'latin1');
      const answer = await api.ask('POST', '/v1/deliberations', octets(head, latin1));
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({
        code: 'http/malformed',
        cause: 'texte/not-utf8',
        encodage: 'windows-1252',
        ligne: 5,
        colonne: 14,
        detail: expect.stringMatching(
          /^La partie « dossier » n'est pas en UTF-8.*Encodage probable : windows-1252/,
        ) as string,
      });
      const utf16 = await api.ask('POST', '/v1/deliberations', octets(head, Buffer.from(texte(), 'utf16le')));
      expect(utf16.body).toMatchObject({ cause: 'texte/not-utf8', encodage: 'UTF-16 (petit-boutiste)' });
      expect(await api.rowCounts()).toEqual(before);
    },
  );

  it.each(WAYS)('mal formée %s, dit la ligne, la colonne et ce qui était attendu', async (_, head) => {
    const answer = await api.ask(
      'POST',
      '/v1/deliberations',
      octets(head, Buffer.from('{\n "objet": "a"\n "matiere": "8.1"\n}')),
    );
    expect(answer.body).toMatchObject({
      code: 'http/malformed',
      cause: 'json/malformed',
      ligne: 3,
      colonne: 2,
    });
    expect(answer.body['detail']).toContain('attendu une virgule');
    const deep = await api.ask('POST', '/v1/deliberations', octets(head, Buffer.from('['.repeat(100_000))));
    expect([deep.status, deep.body['cause']]).toEqual([400, 'json/too-deep']);
  });

  it.each(WAYS)('refuse à son pointeur, %s, un texte déjà abîmé ou un champ répété', async (_, head) => {
    const damaged = texte({ objet: 'X' }).replace('"X"', '"fête \\ud83d", "objet": "D\ufffdlib"');
    const answer = await api.ask('POST', '/v1/deliberations', octets(head, Buffer.from(damaged)));
    expect([answer.status, answer.body['cause']]).toEqual([400, 'json/refused-content']);
    expect(answer.body['violations']).toMatchObject([
      { pointer: '/objet', code: 'json/damaged-text' },
      { pointer: '/objet', code: 'json/repeated-field' },
      { pointer: '/objet', code: 'json/damaged-text' },
    ]);
  });

  it('refuse un nom de fichier qui n’est pas en UTF-8, et dit lequel', async () => {
    const { headers, body } = octets('name="dossier"', Buffer.from(texte()));
    const latin1 = Buffer.from(
      body
        .toString('latin1')
        .replace('filename="dÃ©libÃ©ration.pdf"', 'filename="d\u00e9lib\u00e9ration.pdf"'),
      'latin1',
    );
    const answer = await api.ask('POST', '/v1/deliberations', { headers, body: latin1 });
    expect(answer.status).toBe(422);
    expect(answer.body['violations']).toMatchObject([
      { pointer: '/document/fichier', code: 'piece/missing' },
      { pointer: '', code: 'piece/name-refused', detail: expect.stringContaining('UTF-8') as string },
    ]);
  });

  it('n’admet à côté d’elle que des fichiers', async () => {
    const answer = await send([
      ['dossier', JSON.stringify(aDossier())],
      ['commentaire', 'bonjour'],
    ]);
    expect([answer.status, answer.body['detail']]).toEqual([
      400,
      expect.stringContaining('commentaire') as string,
    ]);
  });
});

describe('le nombre des parties', () => {
  const noms = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `a${index}.pdf`);

  it('va jusqu’à deux cents annexes', async () => {
    const annexes = noms(200).map((nom) => ({ fichier: nom, typePiece: '99_DE' }));
    const dossier = JSON.stringify(aDossier({ annexes }));
    const answer = await send([['dossier', dossier], ...['extrait.pdf', ...noms(200)].map(fichier)]);
    expect([answer.status, answer.body['violations']]).toEqual([201, undefined]);
  });

  it('au-delà des pièces et de leurs signatures, se refuse pour ce qu’il est', async () => {
    const before = await storedFiles();
    const answer = await send([...noms(403).map(fichier), ['dossier', JSON.stringify(aDossier())]]);
    expect([answer.status, answer.body['code']]).toEqual([413, 'http/too-many-parts']);
    expect(answer.body['detail']).toMatch(/403 parties : .* 200 annexes/);
    expect(answer.body['detail']).not.toContain('Mio');
    expect(await storedFiles()).toEqual(before);
  });
});

describe('ce qu’un dépôt refusé a écrit', () => {
  const faulty = (): string => JSON.stringify(aDossier({ objet: '' }));
  let count = 0;
  /** Des octets que nul autre essai n'a déposés. */
  const fresh = (nom: string): readonly [string, Blob, string] => {
    count += 1;
    return ['fichier', blob(aPdf(`propre à cet essai ${count}`)), nom];
  };

  it.each<[string, () => Parameters<typeof multipartOf>[0], number]>([
    ['pour ses fautes', () => [['dossier', faulty()], fresh('extrait.pdf')], 422],
    ['pour un dossier illisible', () => [fresh('extrait.pdf'), ['dossier', '{']], 400],
    ['pour un dossier absent', () => [fresh('extrait.pdf')], 400],
    ['pour une partie de trop', () => [fresh('extrait.pdf'), ['dossier', faulty()], ['x', 'y']], 400],
  ])('%s, est effacé aussitôt', async (_, parts, status) => {
    const before = await storedFiles();
    const answer = await send(parts());
    expect(answer.status).toBe(status);
    expect(await storedFiles()).toEqual(before);
  });

  it('en conflit avec un acte déjà déposé, est effacé aussitôt', async () => {
    const dossier = JSON.stringify(aDossier({ annexes: [] }));
    expect((await send([['dossier', dossier], fresh('extrait.pdf')])).status).toBe(201);
    const before = await storedFiles();
    expect((await send([['dossier', dossier], fresh('extrait.pdf')])).status).toBe(409);
    expect(await storedFiles()).toEqual(before);
  });

  it('reste quand un acte accepté porte les mêmes octets, fût-ce au même instant', async () => {
    const file = fresh('extrait.pdf');
    const accepted = (): string => JSON.stringify(aDossier({ annexes: [] }));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        send([['dossier', index % 3 === 0 ? accepted() : faulty()], file]),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(
      answers.map((_, index) => (index % 3 === 0 ? 201 : 422)),
    );
    const [first] = answers;
    const pieces = (await api.ask('GET', `/v1/deliberations/${String(first?.body['id'])}`)).body[
      'pieces'
    ] as {
      empreinte: string;
    }[];
    expect(await storedFiles()).toContain(pieces[0]?.empreinte);
  });
});

describe('une demande qui n’est pas un dépôt', () => {
  it.each([
    ['du JSON', { 'content-type': 'application/json' }, '{}', 415],
    ['du texte', { 'content-type': 'text/plain' }, 'bonjour', 415],
    ['un multipart sans délimiteur', { 'content-type': 'multipart/form-data' }, 'x', 400],
    [
      'un multipart coupé',
      { 'content-type': 'multipart/form-data; boundary=limite' },
      '--limite\r\nContent-Disposition: form-data; name="dossier"\r\n\r\n{',
      400,
    ],
    [
      'un multipart coupé au milieu d’un fichier',
      { 'content-type': 'multipart/form-data; boundary=limite' },
      '--limite\r\nContent-Disposition: form-data; name="f"; filename="f.pdf"\r\n\r\n%PDF',
      400,
    ],
    [
      'un multipart coupé au milieu d’un dossier en fichier',
      { 'content-type': 'multipart/form-data; boundary=limite' },
      '--limite\r\nContent-Disposition: form-data; name="dossier"; filename="d.json"\r\n\r\n{',
      400,
    ],
    ['du JSON mal formé', { 'content-type': 'application/json' }, '{ oui', 400],
  ])('%s est refusé', async (_, headers, body, status) => {
    const answer = await api.ask('POST', '/v1/deliberations', { headers, body });
    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('un nom de fichier qui porte un caractère nul n’est jamais un défaut du service', async () => {
    const answer = await api.ask(
      'POST',
      '/v1/deliberations',
      rawMultipart([
        ['name="dossier"', JSON.stringify(aDossier({ document: { fichier: 'a\u0000b.pdf' }, annexes: [] }))],
        ['name="fichier"; filename="a\u0000b.pdf"\r\nContent-Type: application/pdf', aPdf().toString()],
      ]),
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});

describe('les fichiers passent en flux', () => {
  /** Envoie en vrai HTTP, à mesure, ce que l'injection garderait entier en mémoire. */
  async function stream(
    fileBytes: number,
    count: number,
    act: (request: http.ClientRequest, sent: number) => boolean = () => true,
  ): Promise<{ status: number; text: string } | 'coupée'> {
    await api.app.listen(0, '127.0.0.1').catch(() => undefined);
    const { port } = api.app.getHttpServer().address() as AddressInfo;
    const request = http.request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/v1/deliberations',
      headers: {
        authorization: `Bearer ${api.jetons.deposant}`,
        'content-type': 'multipart/form-data; boundary=limite',
      },
    });
    const answered = new Promise<{ status: number; text: string } | 'coupée'>((resolve) => {
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('close', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        });
      });
      request.once('error', () => {
        resolve('coupée');
      });
    });
    const outcome: { isKnown: boolean } = { isKnown: false };
    void answered.then(() => {
      outcome.isKnown = true;
    });
    const write = async (chunk: string | Buffer): Promise<void> => {
      if (!outcome.isKnown && !request.write(chunk)) await Promise.race([once(request, 'drain'), answered]);
    };
    const zeros = Buffer.alloc(256 * 1024);
    let sent = 0;
    for (let index = 0; index < count; index += 1) {
      await write(
        `--limite\r\nContent-Disposition: form-data; name="fichier"; filename="f${index}.pdf"\r\n\r\n%PDF-1.7\n`,
      );
      for (let left = fileBytes; left > 0 && !outcome.isKnown; left -= zeros.length) {
        await write(zeros.subarray(0, left));
        sent += zeros.length;
        if (!act(request, sent)) return answered;
      }
      await write('\r\n');
    }
    if (!outcome.isKnown) request.end('--limite--\r\n');
    const answer = await answered;
    request.destroy();
    return answer;
  }

  it.each([
    ['un fichier', 151, 1],
    ['leur somme', 60, 3],
  ])(
    'au-delà de 150 Mio, %s est trop lourd, et rien n’en reste',
    async (_, mebibytes, count) => {
      const before = await api.rowCounts();
      const answer = await stream(mebibytes * 1024 * 1024, count);
      expect(answer).toMatchObject({
        status: 413,
        text: expect.stringContaining('http/too-large') as string,
      });
      expect(await filesLeftHalfWritten()).toEqual([]);
      expect(await api.rowCounts()).toEqual(before);
    },
    30_000,
  );

  it('un client qui raccroche au milieu ne laisse ni ligne ni fichier à moitié écrit', async () => {
    const before = await api.rowCounts();
    const answer = await stream(20 * 1024 * 1024, 1, (request, sent) => {
      if (sent < 4 * 1024 * 1024) return true;
      request.destroy();
      return false;
    });
    expect(answer).toBe('coupée');
    await eventually('aucun fichier à moitié écrit', async () => (await filesLeftHalfWritten()).length === 0);
    expect(await api.rowCounts()).toEqual(before);
  });

  it('un compte qui ne dépose pas est refusé avant que ses fichiers soient écrits', async () => {
    const { payload, headers } = await multipartOf([['fichier', blob(aPdf('jamais écrit')), 'jamais.pdf']]);
    const before = await readdir(api.dossier);
    const answer = await api.ask('POST', '/v1/deliberations', {
      jeton: api.jetons.auditeur,
      headers,
      body: payload,
    });
    expect(answer.status).toBe(403);
    expect(await readdir(api.dossier)).toEqual(before);
  });
});

describe('quand quelque chose manque derrière la porte', () => {
  it('un défaut à nous répond 500, sans un mot de la base, du disque ni du code', async () => {
    const broken = await RunningApi.start();
    await runSql(broken.ownerUrl, 'ALTER TABLE transmissions RENAME TO perdues');
    const answer = await broken.deposit(aDeposit());
    await broken.stop();
    expect([answer.status, answer.body['code']]).toEqual([500, 'service/defect']);
    expect(answer.text).not.toMatch(/transmissions|relation|INSERT|node_modules|\.ts|\/tmp/);
  });

  it('la base en panne répond 503, avec de quoi recommencer', async () => {
    let relay: CuttableRelay | undefined;
    const down = await RunningApi.start(async (url) => {
      relay = await openCuttableRelay(url);
      return relay.url;
    });
    await relay?.cut();
    const answers = [await down.deposit(aDeposit()), await down.ask('GET', '/v1/accuses')];
    const ready = await down.ask('GET', '/health/ready', { jeton: null });
    const live = await down.ask('GET', '/health/live', { jeton: null });
    await down.stop();
    for (const answer of answers) {
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '10']);
      expect(answer.body).toMatchObject({ code: 'service/unavailable', status: 503 });
    }
    expect([ready.status, ready.body]).toMatchObject([
      503,
      { etat: 'en-panne', dependances: { postgresql: 'en-panne' } },
    ]);
    expect(live.status).toBe(200);
  });

  it('le disque plein répond 503, et rien ne s’enregistre', async () => {
    const full = await RunningApi.start();
    // Un fichier à la place du dossier : le disque refuse, pour root aussi.
    await rm(full.dossier, { recursive: true });
    await writeFile(full.dossier, '');
    const before = await full.rowCounts();
    const answer = await full.deposit(aDeposit());
    const after = await full.rowCounts();
    await full.stop();
    expect([answer.status, answer.body['code']]).toEqual([503, 'service/unavailable']);
    expect(answer.text).not.toContain(full.dossier);
    expect(after).toEqual(before);
  });
});
