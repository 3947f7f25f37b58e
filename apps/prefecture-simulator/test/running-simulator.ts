import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { CivilDate } from '@teletransmission/kernel';
import { extract } from 'tar-stream';
import { createSimulator } from '../src/create-simulator';
import type { Simulator } from '../src/create-simulator';
import type { RegistreView } from '../src/http/registre-view';
import type { RetourAnnonce } from '../src/http/retours.controller';
import type { SimulatorSettings } from '../src/settings';
import type { Archive } from './an-archive';
import { SettableClock } from './settable-clock';

/** Un fichier tiré d'un retour. */
export interface FichierRecu {
  readonly nom: string;
  readonly octets: Buffer;
  readonly texte: string;
}

/** Un simulateur en marche sur un port libre, et l'opérateur qui lui parle en HTTP. */
export class RunningSimulator {
  private constructor(
    readonly dossier: string,
    readonly clock: SettableClock,
    private readonly settings: SimulatorSettings,
    private simulator: Simulator,
    public url: string,
  ) {}

  static async start(
    reglages: Partial<SimulatorSettings> = {},
    clock = new SettableClock(),
  ): Promise<RunningSimulator> {
    const dossier = reglages.dossier ?? (await mkdtemp(path.join(tmpdir(), 'simulateur-')));
    const settings: SimulatorSettings = {
      port: 0,
      hote: '127.0.0.1',
      delaiMs: 0,
      graine: 1,
      classificationDateVersion: '2019-08-29' as CivilDate,
      ...reglages,
      dossier,
    };
    const simulator = await createSimulator(settings, { clock });
    return new RunningSimulator(dossier, clock, settings, simulator, await simulator.listen());
  }

  async stop(): Promise<void> {
    await this.simulator.close();
  }

  /** Arrête et redémarre sur le même dossier. */
  async restart(): Promise<void> {
    await this.stop();
    this.simulator = await createSimulator(this.settings, { clock: this.clock });
    this.url = await this.simulator.listen();
  }

  async stopAndForget(): Promise<void> {
    await this.stop();
    await rm(this.dossier, { recursive: true, force: true });
  }

  judged(): Promise<void> {
    return this.simulator.judged();
  }

  fetch(chemin: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.settings.jeton !== undefined) headers.set('authorization', `Bearer ${this.settings.jeton}`);
    return fetch(`${this.url}${chemin}`, { ...init, headers });
  }

  /** Dépose une archive et rend le statut, ou « coupure » si la connexion tombe. */
  async depose({ nom, octets }: Pick<Archive, 'nom' | 'octets'>): Promise<number | 'coupure'> {
    const corps = new FormData();
    corps.append('fichier', new Blob([new Uint8Array(octets)]), nom);
    try {
      const reponse = await this.fetch('/actes/depot', { method: 'POST', body: corps });
      await reponse.arrayBuffer();
      return reponse.status;
    } catch {
      return 'coupure';
    }
  }

  /** Envoie un ordre de pilotage et rend le statut. */
  async pilote(method: string, chemin: string, corps?: unknown): Promise<number> {
    const init =
      corps === undefined
        ? {}
        : { body: JSON.stringify(corps), headers: { 'content-type': 'application/json' } };
    return (await this.fetch(`/pilotage/${chemin}`, { method, ...init })).status;
  }

  /** Envoie un ordre de pilotage et rend sa réponse JSON, en exigeant qu'il soit accepté. */
  async ordonne<T>(method: string, chemin: string, corps: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const reponse = await this.fetch(`/pilotage/${chemin}`, { method, body: JSON.stringify(corps), headers });
    if (!reponse.ok) throw new Error(`${method} ${chemin} : ${reponse.status} ${await reponse.text()}`);
    return (await reponse.json()) as T;
  }

  /** Relève tout ce qui est disponible et rend les fichiers de chaque retour, dans l'ordre d'arrivée. */
  async releve(): Promise<readonly (readonly FichierRecu[])[]> {
    const lus: (readonly FichierRecu[])[] = [];
    for (const retour of await this.retours('?limite=500')) {
      lus.push(await this.fichiers(retour));
      await this.fetch(`/actes/retours/${retour.id}/releve`, { method: 'POST' });
    }
    return lus;
  }

  async registre(): Promise<RegistreView> {
    return (await (await this.fetch('/pilotage/registre')).json()) as RegistreView;
  }

  /** Les retours disponibles, une fois tout jugé. */
  async retours(requete = ''): Promise<readonly RetourAnnonce[]> {
    await this.judged();
    const lus = (await (await this.fetch(`/actes/retours${requete}`)).json()) as { retours: RetourAnnonce[] };
    return lus.retours;
  }

  async octets(id: string): Promise<Buffer> {
    return Buffer.from(await (await this.fetch(`/actes/retours/${id}`)).arrayBuffer());
  }

  /** Les fichiers d'un retour, dans l'ordre de l'archive ; une anomalie d'enveloppe en est un seul. */
  async fichiers(retour: RetourAnnonce): Promise<readonly FichierRecu[]> {
    const octets = await this.octets(retour.id);
    return retour.type === 'application/xml' ? [asFichier(retour.nom, octets)] : unpack(octets);
  }
}

const asFichier = (nom: string, octets: Buffer): FichierRecu => ({
  nom,
  octets,
  texte: octets.toString('latin1'),
});

async function unpack(octets: Buffer): Promise<readonly FichierRecu[]> {
  const fichiers: FichierRecu[] = [];
  const tar = extract();
  tar.end(gunzipSync(octets));
  for await (const entry of tar) {
    const morceaux: Buffer[] = [];
    for await (const morceau of entry as AsyncIterable<Buffer>) morceaux.push(morceau);
    fichiers.push(asFichier(entry.header.name, Buffer.concat(morceaux)));
  }
  return fichiers;
}
