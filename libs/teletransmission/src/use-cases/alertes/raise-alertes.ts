import type { Clock, IdSource, Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { AlerteGenre } from '../../alerte/alerte';
import { alerteDetail, envoisNonPrisDetail, seuilEnMots } from '../../alerte/labels.fr';
import type { AlerteSeuils, AlerteWatch } from '../../alerte/seuils';
import { ALERTE_WATCHES, boundsOf } from '../../alerte/seuils';
import type { AlerteChanges, AlerteRepository, Silence } from '../../ports/lectures/alertes';
import type { Pouls, TravailRegulier } from '../../ports/administration/pouls';

export type AlerteReport = AlerteChanges;

const BATCH = 500;
/** Une fermeture remise au balayage suivant ne coûte rien ; une boucle sans fin, si. */
const CLOSE_ROUNDS = 200;
/** Un recul se signale un jour : les dates écrites autour de lui se relisent. */
const DAY_MS = 86_400_000;

/**
 * Ouvre une alerte sur ce qui se tait trop longtemps, une seule fois, et ferme celles dont la cause n'est plus. Lit la base lot après lot,
 * par clé : un acte silencieux parmi dix mille se signale comme s'il était seul.
 */
export class RaiseAlertes {
  constructor(
    private readonly alertes: AlerteRepository,
    private readonly pouls: Pouls,
    private readonly seuils: AlerteSeuils,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  async execute(): Promise<AlerteReport> {
    const now = this.clock.now();
    let [opened, closed] = [0, 0];
    for (const watch of ALERTE_WATCHES) {
      closed += await this.closeRelieved(watch, now);
      opened += await this.openSilences(watch, now);
    }
    const watched = [await this.watchPrefectures(now), await this.watchClocks(now)];
    for (const { genre, sujetId, depuis } of await this.serviceSilences())
      watched.push(await this.watchService(genre, sujetId, depuis, now));
    for (const { opened: more, closed: fewer } of watched) {
      opened += more;
      closed += fewer;
    }
    return { opened, closed };
  }

  private async openSilences(watch: AlerteWatch, now: Instant): Promise<number> {
    const bounds = boundsOf(watch, this.seuils, now);
    let opened = 0;
    let after: Silence | null = null;
    for (;;) {
      const silences: readonly Silence[] = await this.alertes.findSilences(watch, bounds, after, BATCH);
      opened += await this.alertes.open(
        silences.map(({ sujetId, collectiviteId, deliberationId, depuis }) => ({
          id: this.ids.next(),
          genre: watch.genre,
          sujet: watch.sujet,
          sujetId,
          collectiviteId,
          deliberationId,
          depuis,
          ouverteLe: now,
          detail: alerteDetail(watch.genre, this.seuils),
        })),
      );
      after = silences.at(-1) ?? null;
      if (after === null || silences.length < BATCH) return opened;
    }
  }

  private async closeRelieved(watch: AlerteWatch, now: Instant): Promise<number> {
    const bounds = boundsOf(watch, this.seuils, now);
    let closed = 0;
    for (let round = 0; round < CLOSE_ROUNDS; round += 1) {
      const count = await this.alertes.closeRelieved(watch, bounds, now, BATCH);
      closed += count;
      if (count < BATCH) break;
    }
    return closed;
  }

  /** Une préfecture qui ne prend plus les envois : une seule alerte pour tous les actes qu'elle fait attendre. */
  private async watchPrefectures(now: Instant): Promise<AlerteReport> {
    const genre: AlerteGenre = 'envois-non-pris';
    const found = await this.alertes.envoisNonPris(null, addMs(now, -this.seuils.prefectureMs));
    // Une suspension est une décision de quelqu'un : l'accueil la rappelle, elle ne s'alerte pas.
    const alertes = found
      .filter(({ cause }) => cause !== 'suspension')
      .map((nonPris) => ({
        id: this.ids.next(),
        genre,
        sujet: 'prefecture' as const,
        sujetId: nonPris.departement,
        collectiviteId: null,
        deliberationId: null,
        depuis: nonPris.depuis,
        ouverteLe: now,
        detail: envoisNonPrisDetail(nonPris),
      }));
    return this.alertes.settle(genre, alertes, now);
  }

  /**
   * Ce que le service observe de lui-même : la relève qui ne réussit plus, et le retour annoncé qui ne se relève pas. Des accusés attendent
   * peut-être à la préfecture, et aucun acte ne le dirait.
   */
  private async serviceSilences(): Promise<
    readonly { readonly genre: AlerteGenre; readonly sujetId: string; readonly depuis: Instant | null }[]
  > {
    return [
      {
        genre: 'releve-absente',
        sujetId: 'collect-retours',
        depuis: await this.silentSince('collect-retours'),
      },
      {
        genre: 'retour-non-releve',
        sujetId: 'releves-en-echec',
        depuis: await this.alertes.oldestReleveEnEchec(),
      },
    ];
  }

  private async watchService(
    genre: AlerteGenre,
    sujetId: string,
    depuis: Instant | null,
    now: Instant,
  ): Promise<AlerteReport> {
    if (depuis === null || depuis > addMs(now, -this.seuils.releveMs))
      return { opened: 0, closed: await this.alertes.close(genre, sujetId, now) };
    const opened = await this.alertes.open([
      {
        id: this.ids.next(),
        genre,
        sujet: 'service',
        sujetId,
        collectiviteId: null,
        deliberationId: null,
        depuis,
        ouverteLe: now,
        detail: alerteDetail(genre, this.seuils),
      },
    ]);
    return { opened, closed: 0 };
  }

  /** Ce que les processus en marche disent des horloges ; celui qui s'est arrêté emporte son alerte. */
  private async watchClocks(now: Instant): Promise<AlerteReport> {
    const seen = await this.pouls.horloges();
    const apart = seen.filter(({ ecartMs }) => Math.abs(ecartMs) > this.seuils.horlogeMs);
    const wentBack = seen.filter(({ recul, vueLe }) => recul !== null && addMs(recul.le, DAY_MS) > vueLe);
    let [opened, closed] = [0, 0];
    for (const [genre, concerned] of [
      ['horloge-ecartee', apart],
      ['horloge-reculee', wentBack],
    ] as const) {
      const sujets = concerned.map(({ processus }) => processus);
      closed += await this.alertes.closeOthers(genre, sujets, now);
      opened += await this.alertes.open(
        concerned.map(({ processus, vueLe, ecartMs, recul }) => ({
          id: this.ids.next(),
          genre,
          sujet: 'service',
          sujetId: processus,
          collectiviteId: null,
          deliberationId: null,
          depuis: genre === 'horloge-reculee' && recul ? recul.le : vueLe,
          ouverteLe: now,
          detail: `${processus}, de ${seuilEnMots(Math.abs(genre === 'horloge-reculee' ? (recul?.ms ?? 0) : ecartMs))}. ${alerteDetail(genre, this.seuils)}`,
        })),
      );
    }
    return { opened, closed };
  }

  /** Depuis sa dernière réussite ; depuis qu'on la suit quand elle n'a jamais réussi. */
  private async silentSince(travail: TravailRegulier): Promise<Instant | null> {
    const found = (await this.pouls.travaux()).find((known) => known.travail === travail);
    return found?.reussiLe ?? found?.suiviDepuis ?? null;
  }
}
