import type { Instant } from '@teletransmission/kernel';
import { addMs, epochMsOf } from '@teletransmission/kernel';
import type {
  Collectivite,
  DelaisAccuse,
  Mesure,
  Mesures,
  MesureSujet,
  Pouls,
  RetourState,
  TransmissionState,
} from '@teletransmission/teletransmission';
import {
  BUDGET_HOUR_MS,
  DELAI_BORNES,
  ONGOING_TRANSMISSION_STATES,
  TRAY_RETOUR_STATES,
} from '@teletransmission/teletransmission';
import type { InMemoryAlertes } from '../in-memory/in-memory-alertes';
import type { Books } from './ledger-dossiers';

/** Ce qu'il faut pour tout compter : les livres, les alertes ouvertes, et le pouls du service. */
export interface MeasuredBooks extends Books {
  readonly alertes: InMemoryAlertes;
  readonly pouls: Pouls;
}

/** Ce qui se compte d'un sujet : sa clé, son poids, et de quand il date. */
interface Counted {
  readonly cle: string;
  readonly poids?: number;
  readonly le?: Instant | null;
}

const ONGOING: readonly TransmissionState[] = ONGOING_TRANSMISSION_STATES;
const WAITING: readonly RetourState[] = ['received', ...TRAY_RETOUR_STATES];
const PROCHE = 0.9;

const sumOf = (counted: readonly Counted[]): number => counted.reduce((sum, { poids = 1 }) => sum + poids, 0);
const datesOf = (counted: readonly Counted[]): readonly Instant[] =>
  counted.flatMap(({ le }) => (le ? [le] : [])).sort();

/** Une mesure par clé. */
function byKey(sujet: MesureSujet, counted: readonly Counted[]): readonly Mesure[] {
  return [...new Set(counted.map(({ cle }) => cle))].map((cle) => {
    const here = counted.filter((one) => one.cle === cle);
    return { sujet, cle, nombre: sumOf(here), depuis: datesOf(here)[0] ?? null, etat: null };
  });
}

/** Une seule mesure, qui se dit même à zéro. */
function whole(sujet: MesureSujet, counted: readonly Omit<Counted, 'cle'>[]): Mesure {
  const all = counted.map((one) => ({ ...one, cle: '' }));
  return { sujet, cle: '', nombre: sumOf(all), depuis: datesOf(all)[0] ?? null, etat: null };
}

/** Les mesures du service, comptées sur les livres en mémoire. */
export class InMemoryMesures implements Mesures {
  /** @param aliveForMs le silence au-delà duquel un travailleur n'est plus compté. */
  constructor(
    private readonly books: MeasuredBooks,
    private readonly aliveForMs: number,
  ) {}

  async ongoing(at: Instant): Promise<readonly Mesure[]> {
    const { ledger, alertes, pouls } = this.books;
    const travaux = await pouls.travaux();
    const alive = (await pouls.travailleurs(addMs(at, 1 - this.aliveForMs))).map(({ vuLe }) => vuLe).sort();
    return [
      ...byKey(
        'transmission',
        this.transmissions((state) => ONGOING.includes(state)),
      ),
      ...byKey(
        'retour',
        this.retours((state) => WAITING.includes(state)),
      ),
      whole(
        'envoi-ouvert',
        ledger.envois.filter(({ closed }) => closed === null).map(({ ouvertLe: le }) => ({ le })),
      ),
      ...byKey(
        'alerte',
        alertes.opened.map(({ genre: cle, depuis: le }) => ({ cle, le })),
      ),
      whole(
        'message',
        ledger.outbox.map((message) => ({ le: ledger.askedAt(message) })),
      ),
      ...byKey(
        'travail-regulier',
        travaux.map(({ travail: cle, reussiLe, suiviDepuis }) => ({ cle, le: reussiLe ?? suiviDepuis })),
      ),
      { sujet: 'travailleur', cle: '', nombre: alive.length, depuis: alive.at(-1) ?? null, etat: null },
      ...(await this.prefectures(at)),
      whole('sauvegarde', []),
    ];
  }

  async totals(): Promise<{ readonly mesures: readonly Mesure[]; readonly delaisAccuse: DelaisAccuse }> {
    const { ledger } = this.books;
    const undated = (counted: readonly Counted[]): readonly Counted[] => counted.map(({ cle }) => ({ cle }));
    const outcomes = ledger.envois.flatMap(({ closed }) => (closed ? [{ cle: closed.outcome }] : []));
    const collectivites = await this.books.collectivites.list();
    const mesures = [
      ...byKey('transmission', undated(this.transmissions((state) => !ONGOING.includes(state)))),
      ...byKey('retour', undated(this.retours((state) => !WAITING.includes(state)))),
      ...byKey('envoi', outcomes),
      whole(
        'depot',
        [...ledger.deliberations.values()].map(() => ({})),
      ),
      whole(
        'stockage',
        collectivites.map((collectivite) => ({ poids: this.storedBy(collectivite) })),
      ),
      ...byKey(
        'quota',
        collectivites.flatMap((collectivite) => this.niveauOf(collectivite)),
      ),
    ];
    return { mesures, delaisAccuse: this.delais() };
  }

  private transmissions(isMeant: (state: TransmissionState) => boolean): readonly Counted[] {
    return [...this.books.ledger.transmissions.values()]
      .filter(({ state }) => isMeant(state))
      .map(({ state: cle, since: le }) => ({ cle, le }));
  }

  private retours(isMeant: (state: RetourState) => boolean): readonly Counted[] {
    return [...this.books.ledger.retours.values()]
      .filter(({ state }) => isMeant(state))
      .map(({ state: cle, recuLe: le }) => ({ cle, le }));
  }

  /** Le disjoncteur, le budget et les départs de l'heure, par département. */
  private async prefectures(at: Instant): Promise<readonly Mesure[]> {
    const { ledger, collectivites } = this.books;
    const inscrites = await collectivites.list();
    const departements = [
      ...new Set<string>([...inscrites.map(({ departement }) => departement), ...ledger.circuits.keys()]),
    ];
    const settings = [...ledger.prefectures.values()];
    const departs = ledger.envois
      .filter(({ ouvertLe }) => ouvertLe > addMs(at, -BUDGET_HOUR_MS))
      .map(({ transmissionId, enveloppeId, ouvertLe: le }) => {
        const id = ledger.transmissions.get(transmissionId)?.collectiviteId;
        const cle = inscrites.find((collectivite) => collectivite.id === id)?.departement ?? '';
        return { cle, le, octets: ledger.enveloppes.get(enveloppeId)?.archive?.tailleOctets ?? 0 };
      });
    return [
      ...departements.map((cle): Mesure => ({
        sujet: 'disjoncteur',
        cle,
        nombre: 1,
        depuis: null,
        etat: ledger.circuits.get(cle)?.state ?? 'closed',
      })),
      ...byKey(
        'budget-actes',
        settings.flatMap(({ departement: cle, actesParHeure: poids }) =>
          poids === null ? [] : [{ cle, poids }],
        ),
      ),
      ...byKey(
        'budget-octets',
        settings.flatMap(({ departement: cle, octetsParHeure: poids }) =>
          poids === null ? [] : [{ cle, poids }],
        ),
      ),
      ...byKey('departs-actes', departs),
      ...byKey(
        'departs-octets',
        departs.map(({ octets: poids, ...depart }) => ({ ...depart, poids })),
      ),
    ];
  }

  private storedBy({ id }: Collectivite): number {
    return [...this.books.ledger.deliberations.values()]
      .filter(({ collectiviteId }) => collectiviteId === id)
      .flatMap(({ pieces }) => pieces)
      .reduce((sum, { tailleOctets, signature }) => sum + tailleOctets + (signature?.tailleOctets ?? 0), 0);
  }

  private niveauOf(collectivite: Collectivite): readonly Counted[] {
    const { quotaOctets } = collectivite;
    if (quotaOctets === null) return [];
    const stored = this.storedBy(collectivite);
    if (stored >= quotaOctets) return [{ cle: 'atteint' }];
    return stored >= PROCHE * quotaOctets ? [{ cle: 'proche' }] : [];
  }

  private delais(): DelaisAccuse {
    const { ledger } = this.books;
    const secondes = [...ledger.retours.values()].flatMap(({ id, state, recuLe }) => {
      const settled = ledger.settlements.get(id);
      const transmission = settled?.transmissionId && ledger.transmissions.get(settled.transmissionId);
      const acte =
        transmission && transmission.deliberationId
          ? ledger.deliberations.get(transmission.deliberationId)
          : undefined;
      if (state !== 'applied' || settled?.flux !== '1-2' || !acte) return [];
      return [(epochMsOf(recuLe) - epochMsOf(acte.deposeeLe)) / 1_000];
    });
    return {
      parBorne: DELAI_BORNES.map((borneSecondes) => ({
        borneSecondes,
        nombre: secondes.filter((seconde) => seconde <= borneSecondes).length,
      })),
      nombre: secondes.length,
      sommeSecondes: secondes.reduce((sum, seconde) => sum + seconde, 0),
    };
  }
}
