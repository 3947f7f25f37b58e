import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OurBook } from '../faults/our-book';
import { PrefectureBook } from '../faults/prefecture-book';
import type { OwnInstance } from '../processes/own-instance';

const QUIET_WITHIN_MS = 180_000;
const DEPARTEMENT = '034';
const OURS = ['redis', 'api', 'worker-1', 'worker-2'];

/** Le service que l'essai sauvegarde, perd et restaure : les gestes de ses opérateurs, et ceux du malheur. */
export class LostService {
  constructor(
    private readonly service: OwnInstance,
    private readonly signal: AbortSignal,
  ) {}

  /** Règle le débit vers la préfecture : un acte par heure garde les autres sous enveloppe. */
  async throttle(actesParHeure: number): Promise<void> {
    const { administrateur } = this.service.jetons;
    const why = ['--motif', 'Essai de restauration', '--json'];
    const rate = ['--actes-par-heure', String(actesParHeure)];
    await this.service.console(['prefecture', 'regler', DEPARTEMENT, ...why, ...rate], this.signal, {
      TELETRANSMISSION_JETON: administrateur,
    });
  }

  /** Une décision d'opérateur sur un acte. */
  async decide(id: string, decision: 'retenue' | 'reprise', motif: string): Promise<void> {
    const response = await fetch(`${this.service.addresses.api}/v1/deliberations/${id}/${decision}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.service.jetons.operateur}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ motif }),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Error(`${decision} de ${id} : ${response.status} ${await response.text()}`);
  }

  /** Tue tout ce qui est à nous, efface la base, les files et les documents. La préfecture et le serveur de base restent. */
  async destroy(): Promise<void> {
    for (const name of OURS) this.service.part(name).killNow();
    await Promise.all(OURS.map((name) => this.service.part(name).stop()));
    const url = new URL(this.service.databaseUrl);
    const name = url.pathname.slice(1);
    url.pathname = '/postgres';
    const administrator = await OurBook.open(url.href);
    await administrator.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    await administrator.query(`CREATE DATABASE "${name}"`);
    await administrator.close();
    for (const folder of ['stockage', 'redis'])
      await rm(path.join(this.service.folder, folder), { recursive: true, force: true });
  }

  async restart(): Promise<void> {
    await this.service.part('redis').start();
    await Promise.all(OURS.slice(1).map((name) => this.service.part(name).start()));
  }

  /** Le calme : plus rien ne part, plus rien n'est à lire, ici ni en face. Un accusé relevé avant la perte ne viendra plus : l'attendre n'est pas du mouvement. */
  async quiet(): Promise<void> {
    await this.until('le service ne se calme pas', async (book) => {
      const [ours] = await book.query<{ n: number }>(
        `SELECT (SELECT count(*) FROM transmissions WHERE state IN ('queued', 'sealed', 'sending', 'uncertain'))::int
          + (SELECT count(*) FROM retours WHERE state = 'received')::int
          + (SELECT count(*) FROM outbox WHERE published_at IS NULL)::int AS n`,
      );
      const { registre } = await PrefectureBook.read(this.service);
      const there =
        registre.retours.filter(({ releve }) => !releve).length +
        registre.archives.filter(({ etat }) => etat === 'prise').length;
      return (ours?.n ?? 0) + there === 0;
    });
  }

  /** Attend qu'une chose soit vraie, d'après les livres. @throws passé le temps permis */
  async until(otherwise: string, isTrue: (book: OurBook) => Promise<boolean>): Promise<void> {
    const book = await OurBook.open(this.service.databaseUrl);
    try {
      const deadline = performance.now() + QUIET_WITHIN_MS;
      while (!(await isTrue(book))) {
        if (performance.now() > deadline)
          throw new Error(`Passé ${QUIET_WITHIN_MS / 1_000} s, ${otherwise}.`);
        await delay(250, undefined, { signal: this.signal });
      }
    } finally {
      await book.close();
    }
  }
}
