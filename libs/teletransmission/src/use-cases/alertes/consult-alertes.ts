import type { Clock, Instant, Result } from '@teletransmission/kernel';
import { addMs, ok } from '@teletransmission/kernel';
import type { AlerteGenre } from '../../alerte/alerte';
import { GRAVITES } from '../../alerte/alerte';
import { alerteDetail } from '../../alerte/labels.fr';
import type { AlerteSeuils } from '../../alerte/seuils';
import type { Compte } from '../../compte/compte';
import { authorize } from '../../compte/permissions';
import type { AlerteCount, AlerteReadings } from '../../ports/lectures/alertes';
import type { Pouls } from '../../ports/administration/pouls';
import type { AlerteView } from '../../alerte/alerte-view';
import type { EnvoisNonPris } from '../../alerte/envois-non-pris';
import type { Page } from '../../pagination/page';

/**
 * Ce qui demande une personne, dans les limites du compte. Deux alertes ne sont pas en base, car il n'y a alors plus personne pour les y
 * écrire : l'absence de travailleurs et celle de la surveillance elle-même. Elles se constatent à la lecture.
 */
export class ConsultAlertes {
  constructor(
    private readonly readings: AlerteReadings,
    private readonly pouls: Pouls,
    private readonly seuils: AlerteSeuils,
    private readonly clock: Clock,
  ) {}

  /** Les alertes ouvertes, les plus graves d'abord ; celles du service seulement pour un compte de toute la plateforme. */
  async open(compte: Compte, after: string | null, limit: number): Promise<Result<Page<AlerteView>>> {
    const allowed = authorize(compte, 'lire-alertes', compte.collectiviteId);
    if (!allowed.ok) return allowed;
    const observed = after === null && compte.collectiviteId === null ? await this.observed() : [];
    const page = await this.readings.openAlertes(compte.collectiviteId, after, limit);
    // Un déféré passe avant les pannes du service lui-même.
    const first = page.items.filter(({ gravite }) => gravite === 0);
    return ok({ items: [...first, ...observed, ...page.items.slice(first.length)], next: page.next });
  }

  /** Combien d'alertes ouvertes, par genre. */
  async counts(compte: Compte): Promise<readonly AlerteCount[]> {
    if (!authorize(compte, 'lire-alertes', compte.collectiviteId).ok) return [];
    const observed = compte.collectiviteId === null ? await this.observed() : [];
    const inDatabase = await this.readings.openCounts(compte.collectiviteId);
    return [...observed.map(({ genre, depuis }) => ({ genre, count: 1, depuis })), ...inDatabase];
  }

  /** Les préfectures qui ne prennent pas, en ce moment, les actes que ce compte peut voir. */
  async envoisNonPris(compte: Compte): Promise<readonly EnvoisNonPris[]> {
    if (!authorize(compte, 'lire-alertes', compte.collectiviteId).ok) return [];
    return this.readings.envoisNonPris(compte.collectiviteId, this.clock.now());
  }

  /** Ce que le service constate de lui-même : plus de travailleur, ou plus de surveillance. */
  async observed(): Promise<readonly AlerteView[]> {
    const now = this.clock.now();
    const [lastSeen, travaux] = await Promise.all([this.pouls.lastSeen(), this.pouls.travaux()]);
    const found: AlerteView[] = [];
    // Jamais vu de travailleur : le service vient de naître, ou n'en a jamais eu ; l'un comme l'autre se dit depuis maintenant.
    if (lastSeen === null || lastSeen <= addMs(now, -this.seuils.travailleursMs))
      found.push(this.serviceAlerte('travailleurs-absents', lastSeen ?? now, now));
    const watched = travaux.find(({ travail }) => travail === 'raise-alertes');
    const lastWatch = watched?.reussiLe ?? watched?.suiviDepuis ?? null;
    if (lastWatch !== null && lastWatch <= addMs(now, -this.seuils.releveMs))
      found.push(this.serviceAlerte('balayage-absent', lastWatch, now));
    return found;
  }

  private serviceAlerte(genre: AlerteGenre, depuis: Instant, now: Instant): AlerteView {
    return {
      id: genre,
      genre,
      gravite: GRAVITES[genre],
      sujet: 'service',
      sujetId: genre,
      deliberationId: null,
      identifiantActe: null,
      objet: null,
      collectivite: null,
      depuis,
      ouverteLe: now,
      detail: alerteDetail(genre, this.seuils),
    };
  }
}
