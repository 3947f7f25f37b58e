import { aPdf } from '@teletransmission/testkit';
import { request } from 'node:http';
import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { anArchive } from '../../test/an-archive';
import { RunningSimulator } from '../../test/running-simulator';
import { ARCHIVE_MAX_OCTETS } from '../archive/read-archive';

let simulateur: RunningSimulator;
afterEach(() => simulateur.stopAndForget());

/** Envoie un fichier de zéros de cette taille, morceau par morceau ; `coupeApres` ferme la connexion en chemin. */
function stream(nom: string, tailleOctets: number, coupeApres = Infinity): Promise<number | 'coupure'> {
  const borne = 'borne-de-test';
  const tete = `--${borne}\r\nContent-Disposition: form-data; name="f"; filename="${nom}"\r\nContent-Type: application/gzip\r\n\r\n`;
  const pied = `\r\n--${borne}--\r\n`;
  return new Promise((resolve) => {
    const demande = request(`${simulateur.url}/actes/depot`, {
      method: 'POST',
      headers: {
        'content-type': `multipart/form-data; boundary=${borne}`,
        'content-length': tete.length + tailleOctets + pied.length,
      },
    });
    demande.on('response', (reponse) => {
      reponse.resume();
      resolve(reponse.statusCode ?? 0);
    });
    demande.on('error', () => {
      resolve('coupure');
    });
    demande.write(tete);
    const zeros = Buffer.alloc(1024 * 1024);
    let reste = tailleOctets;
    let envoyes = 0;
    const pump = (): void => {
      while (reste > 0) {
        const morceau = zeros.subarray(0, Math.min(reste, zeros.length));
        reste -= morceau.length;
        envoyes += morceau.length;
        if (envoyes > coupeApres) {
          demande.destroy();
          return;
        }
        if (!demande.write(morceau)) {
          demande.once('drain', pump);
          return;
        }
      }
      demande.end(pied);
    };
    pump();
  });
}

describe('POST /actes/depot', () => {
  beforeEach(async () => {
    simulateur = await RunningSimulator.start();
  });

  it('prend l’archive et répond 201 sans un mot', async () => {
    const { nom, octets } = await anArchive();
    const corps = new FormData();
    corps.append('peu importe', new Blob([new Uint8Array(octets)]), nom);
    corps.append('champ', 'ignoré');
    const reponse = await simulateur.fetch('/actes/depot', { method: 'POST', body: corps });
    expect([reponse.status, await reponse.text()]).toEqual([201, '']);
  });

  it('refuse par 400 ce qui n’est pas un seul fichier, et ne garde rien', async () => {
    const deux = new FormData();
    deux.append('a', new Blob(['x']), 'a.tar.gz');
    deux.append('b', new Blob(['y']), 'b.tar.gz');
    const aucun = new FormData();
    aucun.append('a', 'x');
    const corps: [FormData | string, string?][] = [
      [deux],
      [aucun],
      ['{}', 'application/json'],
      ['sans borne', 'multipart/form-data'],
      ['--b\r\nrien', 'multipart/form-data; boundary=b'],
    ];
    for (const [body, type] of corps) {
      const headers = type === undefined ? undefined : { 'content-type': type };
      const init = headers ? { method: 'POST', body, headers } : { method: 'POST', body };
      const reponse = await simulateur.fetch('/actes/depot', init);
      expect(reponse.status).toBe(400);
      expect(await reponse.json()).toMatchObject({ code: expect.stringMatching(/^depot\//) as string });
    }
    expect((await simulateur.registre()).archives).toEqual([]);
    expect(await readdir(path.join(simulateur.dossier, 'arrivees'))).toEqual([]);
  });

  it('répond 503 quand il ne peut rien garder, et reprend quand il le peut', async () => {
    const archive = await anArchive();
    const arrivees = path.join(simulateur.dossier, 'arrivees');
    await rename(arrivees, `${arrivees}-ailleurs`);
    expect(await simulateur.depose(archive)).toBe(503);
    await rename(`${arrivees}-ailleurs`, arrivees);
    expect(await simulateur.depose(archive)).toBe(201);
  });

  it('prend 150 Mio tout juste et refuse un octet de plus par 413', async () => {
    expect(await stream('XYZ-TACT--213499908--20261124-1.tar.gz', ARCHIVE_MAX_OCTETS)).toBe(201);
    expect(await stream('XYZ-TACT--213499908--20261124-2.tar.gz', ARCHIVE_MAX_OCTETS + 1)).toBe(413);
    await simulateur.judged();
    const { archives } = await simulateur.registre();
    expect(archives).toMatchObject([
      { tailleOctets: ARCHIVE_MAX_OCTETS, anomalieEnveloppe: { regle: 'archive-lisible' } },
    ]);
    expect(await readdir(path.join(simulateur.dossier, 'arrivees'))).toEqual([]);
  }, 60_000);

  it('oublie un envoi interrompu', async () => {
    const nom = 'XYZ-TACT--213499908--20261124-1.tar.gz';
    expect(await stream(nom, 8 * 1024 * 1024, 2 * 1024 * 1024)).toBe('coupure');
    while ((await readdir(path.join(simulateur.dossier, 'arrivees'))).length > 0) await simulateur.registre();
    expect((await simulateur.fetch(`/actes/archives/${nom}`)).status).toBe(404);
  });

  it('reconnaît la même archive : une seule prise, une seule réponse', async () => {
    const archive = await anArchive();
    expect(await simulateur.depose(archive)).toBe(201);
    expect(await simulateur.depose(archive)).toBe(201);
    expect(await simulateur.retours()).toHaveLength(1);
    expect((await simulateur.registre()).archives).toMatchObject([
      { presentations: 2, reponses: [201, 201] },
    ]);
  });

  it('reconnaît la même archive présentée par dix mains à la fois', async () => {
    const archive = await anArchive();
    const statuts = await Promise.all(Array.from({ length: 10 }, () => simulateur.depose(archive)));
    expect(new Set(statuts)).toEqual(new Set([201]));
    expect(await simulateur.retours()).toHaveLength(1);
    expect((await simulateur.registre()).archives).toMatchObject([{ presentations: 10 }]);
  });

  it('refuse par 409, et note, un nom déjà pris par d’autres octets', async () => {
    const archive = await anArchive();
    await simulateur.depose(archive);
    const autre = await anArchive({ objet: 'Autre chose' });
    expect(await simulateur.depose(autre)).toBe(409);
    expect(await simulateur.depose(archive)).toBe(201);
    const { archives, refus } = await simulateur.registre();
    expect(archives).toHaveLength(1);
    expect(refus).toMatchObject([{ nom: archive.nom, motif: 'nom-deja-pris', reponse: 409 }]);
    expect(refus[0]?.empreinte).not.toBe(archives[0]?.empreinte);
  });

  it('prend deux noms pour les mêmes octets, et les juge tous deux', async () => {
    const { octets, nom } = await anArchive();
    await simulateur.depose({ nom, octets });
    await simulateur.depose({ nom: nom.replace('-1.tar.gz', '-2.tar.gz'), octets });
    await simulateur.judged();
    const { archives } = await simulateur.registre();
    expect(archives.map(({ anomalieEnveloppe }) => anomalieEnveloppe?.regle)).toEqual([
      undefined,
      'enveloppe-unique',
    ]);
  });

  it('accuse un par un les actes d’une archive qui en groupe plusieurs', async () => {
    const second = await anArchive({ numeroInterne: 'B' });
    const formulaire = `${second.identifiantActe}-1-1_0.xml`;
    const piece = `99_DE-${second.identifiantActe}-1-1_1.pdf`;
    const premier = await anArchive({
      editEnveloppe: (xml) =>
        xml.replace(
          '</actes:Formulaire>',
          `</actes:Formulaire><actes:Formulaire><actes:NomFichier>${formulaire}</actes:NomFichier></actes:Formulaire>`,
        ),
      editFichiers: (fichiers) => {
        const message = [...fichiers.values()][1]?.toString('latin1') ?? '';
        fichiers.set(formulaire, Buffer.from(message.replaceAll('2026_014', 'B'), 'latin1'));
        fichiers.set(piece, aPdf());
      },
    });
    await simulateur.pilote('PUT', 'scenarios/B', { scenario: 'anomalie', anomalie: { nature: '003' } });
    await simulateur.depose(premier);
    const retours = await simulateur.retours();
    expect(retours).toHaveLength(2);
    const { archives } = await simulateur.registre();
    expect(archives[0]?.actes.map(({ numeroInterne, verdict }) => [numeroInterne, verdict])).toEqual([
      ['2026_014', 'accepte'],
      ['B', 'anomalie'],
    ]);
  });
});

describe('GET /actes/retours', () => {
  beforeEach(async () => {
    simulateur = await RunningSimulator.start();
  });

  it('annonce ce que valent les octets, et les rend encore après le relevé', async () => {
    await simulateur.depose(await anArchive());
    const [retour] = await simulateur.retours();
    if (!retour) throw new Error('On attendait un retour.');
    const octets = await simulateur.octets(retour.id);
    expect(Object.keys(retour)).toEqual(['id', 'nom', 'type', 'tailleOctets', 'empreinte', 'disponibleLe']);
    expect(octets).toHaveLength(retour.tailleOctets);
    const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(octets));
    expect(Buffer.from(hash).toString('hex')).toBe(retour.empreinte);
    for (let n = 0; n < 2; n += 1) {
      expect((await simulateur.fetch(`/actes/retours/${retour.id}/releve`, { method: 'POST' })).status).toBe(
        204,
      );
    }
    expect(await simulateur.retours()).toEqual([]);
    expect(await simulateur.octets(retour.id)).toEqual(octets);
    expect((await simulateur.registre()).retours).toMatchObject([
      { releve: true, releveLe: '2026-11-24T09:00:00.000Z' },
    ]);
  });

  it('donne le plus ancien d’abord, dans la limite demandée', async () => {
    await simulateur.pilote('PUT', 'scenarios/N1', { scenario: 'retard', delaiMs: 5000 });
    for (const n of [1, 2, 3]) {
      await simulateur.depose(await anArchive({ numeroEnveloppe: n, numeroInterne: `N${n}` }));
      simulateur.clock.advance(1000);
    }
    simulateur.clock.advance(5000);
    await simulateur.judged();
    const { retours } = await simulateur.registre();
    const idOf = (n: number): string | undefined =>
      retours.find((r) => r.identifiantActe?.includes(`-N${n}-`))?.id;
    expect((await simulateur.retours()).map(({ id }) => id)).toEqual([idOf(2), idOf(3), idOf(1)]);
    expect((await simulateur.retours('?limite=2')).map(({ id }) => id)).toEqual([idOf(2), idOf(3)]);
  });

  it('mène de page en page, qu’on relève en chemin ou non', async () => {
    for (const n of [1, 2, 3, 4, 5]) {
      await simulateur.depose(await anArchive({ numeroEnveloppe: n, numeroInterne: `N${n}` }));
      if (n % 2 === 0) simulateur.clock.advance(1000);
    }
    await simulateur.judged();
    const all = (await simulateur.retours()).map(({ id }) => id);
    const seen: string[] = [];
    let apres = '';
    for (;;) {
      const answer = await simulateur.fetch(`/actes/retours?limite=2${apres}`);
      const { retours, suivant } = (await answer.json()) as {
        retours: { id: string }[];
        suivant: string | null;
      };
      seen.push(...retours.map(({ id }) => id));
      // Le curseur lui-même est relevé : la suite n'en dépend pas.
      await simulateur.fetch(`/actes/retours/${retours.at(-1)?.id ?? ''}/releve`, { method: 'POST' });
      if (suivant === null) break;
      apres = `&apres=${suivant}`;
    }
    expect(seen).toEqual(all);
    expect((await simulateur.fetch('/actes/retours?apres=inconnu')).status).toBe(404);
  });

  it.each(['0', '-1', '501', 'tous'])('refuse par 400 la limite « %s »', async (limite) => {
    expect((await simulateur.fetch(`/actes/retours?limite=${limite}`)).status).toBe(400);
  });

  it('ne connaît ni un retour inventé, ni un retour que le délai retient', async () => {
    await simulateur.pilote('PUT', 'defaut', { scenario: 'retard', delaiMs: 1000 });
    await simulateur.depose(await anArchive());
    await simulateur.judged();
    const retenu = (await simulateur.registre()).retours[0]?.id ?? '';
    for (const id of [retenu, 'x', '..%2Fregistre.jsonl']) {
      expect((await simulateur.fetch(`/actes/retours/${id}`)).status).toBe(404);
      expect((await simulateur.fetch(`/actes/retours/${id}/releve`, { method: 'POST' })).status).toBe(404);
    }
  });
});

describe('GET /actes/archives/:nom', () => {
  it('dit si une archive a été prise', async () => {
    simulateur = await RunningSimulator.start();
    const archive = await anArchive();
    expect((await simulateur.fetch(`/actes/archives/${archive.nom}`)).status).toBe(404);
    await simulateur.depose(archive);
    const reponse = await simulateur.fetch(`/actes/archives/${archive.nom}`);
    expect(reponse.status).toBe(200);
    const { archives } = await simulateur.registre();
    expect(await reponse.json()).toEqual({
      nom: archive.nom,
      empreinte: archives[0]?.empreinte,
      tailleOctets: archive.octets.length,
      recueLe: '2026-11-24T09:00:00.000Z',
    });
  });
});

describe('un corps JSON', () => {
  const send = async (body: Buffer): Promise<{ status: number; detail: string }> => {
    const reponse = await simulateur.fetch('/pilotage/scenarios/x', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(body),
    });
    const { detail = '' } = reponse.status === 204 ? {} : ((await reponse.json()) as { detail?: string });
    return { status: reponse.status, detail };
  };
  const consigne = '{"scenario":"anomalie","anomalie":{"nature":"007","detail":"Pièce abîmée"}}';
  beforeEach(async () => {
    simulateur = await RunningSimulator.start();
  });

  it('se lit en UTF-8, avec ou sans marque d’ordre', async () => {
    expect((await send(Buffer.from(consigne))).status).toBe(204);
    expect((await send(Buffer.from(`\ufeff${consigne}`))).status).toBe(204);
  });

  it('ne se devine pas : la place, l’encodage et l’attendu sont dits', async () => {
    expect(await send(Buffer.from(consigne, 'latin1'))).toMatchObject({
      status: 400,
      detail: expect.stringContaining('ligne 1, colonne 63') as string,
    });
    expect(await send(Buffer.from('{"scenario"'))).toMatchObject({
      status: 400,
      detail: expect.stringContaining('attendu « : »') as string,
    });
    expect((await send(Buffer.from('{"scenario":"a\\ud800"}'))).status).toBe(400);
  });
});

describe('le jeton', () => {
  const chemins: readonly [string, string][] = [
    ['POST', '/actes/depot'],
    ['GET', '/actes/retours'],
    ['GET', '/actes/retours/x'],
    ['POST', '/actes/retours/x/releve'],
    ['GET', '/actes/archives/x'],
    ['PUT', '/pilotage/scenarios/x'],
    ['DELETE', '/pilotage/scenarios/x'],
    ['PUT', '/pilotage/defaut'],
    ['POST', '/pilotage/collectivites'],
    ['PUT', '/pilotage/collectivites/mode'],
    ['GET', '/pilotage/registre'],
    ['POST', '/pilotage/courriers'],
    ['PUT', '/pilotage/classification'],
    ['POST', '/pilotage/classification/envois'],
    ['GET', '/pilotage/horloge'],
    ['PUT', '/pilotage/horloge'],
    ['DELETE', '/pilotage/horloge'],
  ];

  beforeEach(async () => {
    simulateur = await RunningSimulator.start({ jeton: 'un-jeton-assez-long' });
  });

  it.each(chemins)('%s %s : refusé par 401 sans lui ou avec un autre', async (method, chemin) => {
    const nu = await fetch(`${simulateur.url}${chemin}`, { method });
    const faux = await fetch(`${simulateur.url}${chemin}`, {
      method,
      headers: { authorization: 'Bearer autre-jeton' },
    });
    expect([nu.status, faux.status]).toEqual([401, 401]);
  });

  it('ouvre la porte ; la santé reste publique', async () => {
    expect(await simulateur.depose(await anArchive())).toBe(201);
    for (const sonde of ['live', 'ready']) {
      const reponse = await fetch(`${simulateur.url}/health/${sonde}`);
      expect([reponse.status, await reponse.json()]).toEqual([200, { etat: 'ok' }]);
    }
  });
});
