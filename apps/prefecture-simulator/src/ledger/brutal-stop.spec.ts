import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aMessage } from '../../test/a-message';
import { anArchive } from '../../test/an-archive';
import { RunningSimulator } from '../../test/running-simulator';
import type { RegistreView } from '../http/registre-view';

/** Un SIGKILL laisse le registre coupé n'importe où : on le coupe donc partout, et l'on redémarre. */
describe('un arrêt brutal', () => {
  let source: RunningSimulator;
  let registre: Buffer;
  let entier: RegistreView;
  const depotsFaits = 3;

  beforeAll(async () => {
    source = await RunningSimulator.start();
    await source.pilote('PUT', 'scenarios/N2', { scenario: 'double' });
    for (let n = 1; n <= depotsFaits; n += 1) {
      await source.depose(await anArchive({ numeroEnveloppe: n, numeroInterne: `N${n}` }));
      const [retour] = await source.retours();
      await source.fetch(`/actes/retours/${retour?.id ?? ''}/releve`, { method: 'POST' });
    }
    const identifiantActe = '034-213499908-20261120-N1-DE';
    await source.ordonne('POST', 'courriers', { identifiantActe, flux: '5-1', documents: 2 });
    await source.ordonne('POST', 'courriers', { identifiantActe, flux: '3-1' });
    await source.pilote('PUT', 'classification', { dateVersion: '2026-11-01' });
    await source.ordonne('POST', 'classification/envois', { siren: '213499908' });
    await source.depose(await aMessage({ flux: '3-4', identifiantActe }));
    await source.depose(await aMessage({ flux: '6-1', identifiantActe, numeroEnveloppe: 51 }));
    await source.judged();
    entier = await source.registre();
    await source.stop();
    registre = await readFile(path.join(source.dossier, 'registre.jsonl'));
  });
  afterAll(() => rm(source.dossier, { recursive: true, force: true }));

  async function restartCutAt(octets: number): Promise<RunningSimulator> {
    const dossier = await mkdtemp(path.join(tmpdir(), 'brutal-'));
    await cp(source.dossier, dossier, { recursive: true });
    await truncate(path.join(dossier, 'registre.jsonl'), octets);
    // Ce que l'arrêt a pu laisser en chemin.
    await writeFile(path.join(dossier, 'arrivees', 'a-moitie-recue'), 'x');
    await writeFile(path.join(dossier, 'retours', 'ecrit-mais-pas-inscrit'), 'x');
    const simulateur = await RunningSimulator.start({ dossier });
    await simulateur.judged();
    return simulateur;
  }

  function cutPoints(): readonly number[] {
    const fins = [...registre.keys()].filter((index) => registre[index] === 0x0a).map((index) => index + 1);
    const debuts = [0, ...fins];
    return fins.flatMap((fin, rang) => {
      const debut = debuts[rang] ?? 0;
      return [debut, debut + 1, Math.floor((debut + fin) / 2), fin - 1];
    });
  }

  function linesBefore(point: number): string {
    const coupe = registre.subarray(0, point);
    return coupe.subarray(0, coupe.lastIndexOf(0x0a) + 1).toString('utf8');
  }

  /** Ce que l'arrêt ne devait ni perdre, ni faire deux fois. */
  async function checkAfterCut(point: number, simulateur: RunningSimulator): Promise<void> {
    const confirmees = linesBefore(point);
    const vu = await simulateur.registre();
    // Ce qui était pris l'est toujours, et rien de plus.
    const prises = entier.archives.filter(({ nom }) => confirmees.includes(`"archive-taken","nom":"${nom}"`));
    expect(vu.archives.map(({ nom }) => nom)).toEqual(prises.map(({ nom }) => nom));
    expect(vu.archives.every(({ etat }) => etat === 'jugee')).toBe(true);
    // Ce qui était répondu est gardé à l'octet près.
    const gardes = entier.retours.filter(({ id }) => confirmees.includes(`"id":"${id}","archive"`));
    for (const { id, empreinte, releve } of gardes) {
      expect(vu.retours).toContainEqual(expect.objectContaining({ id, empreinte }));
      const wasCollected = releve && confirmees.includes(`"retour-collected","id":"${id}"`);
      expect(vu.retours.find((retour) => retour.id === id)?.releve).toBe(wasCollected);
    }
    // Un message, une réponse (deux pour le scénario « double »), et ce qui est parti sans demande.
    const attendus = vu.archives
      .flatMap(({ actes }) => actes)
      .map(({ scenario }) => (scenario === 'double' ? 2 : 1));
    const total = attendus.reduce<number>((somme, nombre) => somme + nombre, 0);
    expect(vu.retours).toHaveLength(total + vu.courriers.length + vu.classificationsEnvoyees.length);
    // Des compteurs sans trou ni doublon : un par document joint, puis un par message.
    const pieces = new Map(vu.courriers.map(({ retour, documents }) => [retour, documents.length]));
    let compteur = 0;
    for (const { id, compteurMessage } of vu.retours) {
      compteur += 1 + (pieces.get(id) ?? 0);
      expect(compteurMessage).toBe(compteur);
    }
    const fichiers = await readdir(path.join(simulateur.dossier, 'retours'));
    expect(fichiers.sort()).toEqual(vu.retours.map(({ id }) => id).sort());
    expect(await readdir(path.join(simulateur.dossier, 'arrivees'))).toEqual([]);
  }

  it('à quelque octet qu’il tombe, garde ce qui était confirmé, juge ce qui était pris, et une seule fois', async () => {
    const points = [...new Set([...cutPoints(), registre.length])];
    expect(points.length).toBeGreaterThan(30);
    for (const point of points) {
      const simulateur = await restartCutAt(point);
      try {
        await checkAfterCut(point, simulateur);
      } finally {
        await simulateur.stopAndForget();
      }
    }
  }, 60_000);

  it('entre la prise et le jugement, ne fait pas représenter l’archive : la redéposer ne la prend pas deux fois', async () => {
    const fin = registre.indexOf('\n', registre.indexOf('"archive-taken"')) + 1;
    const simulateur = await restartCutAt(fin);
    const archive = await anArchive({ numeroEnveloppe: 1, numeroInterne: 'N1' });
    expect(await simulateur.depose(archive)).toBe(201);
    expect(await simulateur.retours()).toHaveLength(1);
    expect((await simulateur.registre()).archives).toMatchObject([{ nom: archive.nom, presentations: 2 }]);
    await simulateur.stopAndForget();
  });
});
