import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createFakeApi } from '../../stubs/fake-api.cjs';
import { demonstrationJson, playDemonstration } from './demonstration';
import type { Demonstration } from './demonstration';
import { lineOf } from './life';
import { fichiersOf } from './reference-deposit';

describe('La démonstration', () => {
  let folder: string;
  let fake: ReturnType<typeof createFakeApi>;
  const said: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-demo-'));
    mkdirSync(path.join(folder, 'archives'));
    writeFileSync(
      path.join(folder, 'dossier.json'),
      JSON.stringify({ document: { fichier: 'extrait.pdf' }, annexes: [{ fichier: 'convention.pdf' }] }),
    );
    writeFileSync(path.join(folder, 'extrait.pdf'), '%PDF extrait');
    writeFileSync(path.join(folder, 'convention.pdf'), '%PDF convention');
    said.length = 0;
  });
  afterEach(() => {
    fake.server.closeAllConnections();
    fake.server.close();
    rmSync(folder, { recursive: true });
  });

  async function play(
    options: Parameters<typeof createFakeApi>[0] & { withinMs?: number; jeton?: string } = {},
  ): Promise<Demonstration> {
    fake = createFakeApi({ memory: path.join(folder, 'depot.json'), ...options });
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    const jeton = options.jeton ?? 'tlt_x';
    return playDemonstration({
      api: `http://127.0.0.1:${(fake.server.address() as AddressInfo).port}`,
      preparation: {
        jetons: { deposant: jeton, operateur: jeton, auditeur: jeton, administrateur: jeton },
        dossier: path.join(folder, 'dossier.json'),
        migrations: 0,
      },
      archives: path.join(folder, 'archives'),
      say: (line) => said.push(line),
      signal: new AbortController().signal,
      pollMs: 1,
      ...(options.withinMs === undefined ? {} : { withinMs: options.withinMs }),
    });
  }

  it('dépose le dossier tel quel et chacune de ses pièces, sous la clé de la séance', async () => {
    await play();
    const [deposit] = fake.deposits;
    expect(deposit?.headers['idempotency-key']).toBe('session-2022-10-20-2022-10-062');
    const parts = [...(deposit?.form.entries() ?? [])].filter(
      (pair): pair is [string, File] => typeof pair[1] !== 'string',
    );
    expect(parts.map(([, part]) => part.name)).toEqual(
      expect.arrayContaining(['extrait.pdf', 'convention.pdf']),
    );
    const dossier = deposit?.form.get('dossier');
    const text = typeof dossier === 'string' ? dossier : await (dossier as File).text();
    expect(text).toBe(readFileSync(path.join(folder, 'dossier.json'), 'utf8'));
  });

  it('imprime chaque pas une fois, dans l’ordre, et rend la délibération exécutoire avec son archive', async () => {
    const played = await play();
    const steps = said.filter((line) => /^\d\d:\d\d:\d\d {2}/.test(line));
    expect(steps.map((line) => line.slice(10, 40).trim())).toEqual([
      'Délibération déposée',
      'Mise sous enveloppe',
      'Remise à la préfecture',
      'Accusé de réception',
      'Publiée',
    ]);
    expect(readFileSync(played.archive, 'utf8')).toBe('une archive de comédie');
    expect(JSON.parse(demonstrationJson(played))).toMatchObject({
      identifiantActe: '034-213402761-20221020-2022-10-062-DE',
      transmission: 'acknowledged',
      publication: 'published',
      dateReception: '2022-10-26',
      datePublication: '2022-10-27',
      dateExecutoire: '2022-10-27',
      archive: path.join(folder, 'archives', 'TLT-essai.tar.gz'),
    });
  });

  it('jouée deux fois, dit que rien n’est déposé deux fois, et rend les mêmes faits', async () => {
    const first = await play();
    fake.server.close();
    said.length = 0;
    const second = await play();
    expect(said[0]).toContain('déjà déposée');
    expect(second.deliberation).toEqual(first.deliberation);
  });

  it('s’arrête quand il faut une personne, avec la raison que donne l’API', async () => {
    await expect(play({ ending: 'retenue' })).rejects.toMatchObject({
      code: 'local/life-stuck',
      message: expect.stringContaining('La matière 9.9 est inconnue : corrigez le dossier.') as string,
    });
  });

  it('renonce passé le délai, en disant où elle en est', async () => {
    await expect(play({ ending: 'silence', withinMs: 0 })).rejects.toMatchObject({
      code: 'local/life-too-long',
      message: expect.stringContaining('« Sous enveloppe »') as string,
    });
  });

  it('refuse une archive dont l’empreinte n’est pas celle annoncée', async () => {
    await expect(play({ alteredArchive: true })).rejects.toMatchObject({ code: 'local/archive-altered' });
  });

  it('rapporte le refus de l’API avec son détail', async () => {
    await expect(play({ jeton: 'inconnu' })).rejects.toThrow(
      "L'API a répondu 401 à /v1/deliberations : Présentez un jeton connu.",
    );
  });
});

describe('Les mots de la démonstration', () => {
  it('donne l’heure de Paris, été comme hiver', () => {
    const entry = { rang: 1, evenement: 'x', libelle: 'Publiée', detail: null };
    expect(lineOf({ ...entry, instant: '2026-11-24T10:02:31.123Z' })).toBe('11:02:31  Publiée');
    expect(lineOf({ ...entry, instant: '2026-07-24T10:02:31.123Z', detail: 'sur le site' })).toMatch(
      /^12:02:31 {2}Publiée +sur le site$/,
    );
  });

  it('trouve les pièces où qu’elles soient dans le dossier, une fois chacune', () => {
    expect(
      fichiersOf({ a: { fichier: 'x.pdf' }, b: [{ fichier: 'y.pdf' }, { fichier: 'x.pdf' }], fichier: 3 }),
    ).toEqual(['x.pdf', 'y.pdf']);
  });
});
