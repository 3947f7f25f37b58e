import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type {
  Collectivite,
  Liaison,
  LiaisonRepository,
  PrefectureRepository,
  Rattachement,
} from '@teletransmission/teletransmission';
import {
  LIAISON_DIRECTE,
  NO_DEPOSIT_RULES,
  rattachementAt,
  rebind,
} from '@teletransmission/teletransmission';
import { aLiaison, DIRECTE } from '../builders/a-liaison';

/** Des livres vides, et une collectivité inscrite. */
export interface LiaisonParts {
  readonly liaisons: LiaisonRepository;
  readonly prefectures: Pick<PrefectureRepository, 'routeOf'>;
  readonly collectivite: Collectivite;
  audited(): Promise<readonly string[]>;
}

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const HOUR_MS = 3_600_000;

/** Le contrat des liaisons et de ce qui y est relié : la base et son double y passent tous deux. */
export function describeLiaisonsContract(name: string, open: () => Promise<LiaisonParts>): void {
  describe(`les liaisons (${name})`, () => {
    let parts: LiaisonParts;
    beforeEach(async () => {
      parts = await open();
    });

    const entry = (evenement: string, sujetId: string) => ({
      collectiviteId: null,
      deliberationId: null,
      sujet: 'liaison' as const,
      sujetId,
      evenement,
      etatAvant: null,
      etatApres: null,
      instant: NOW,
      acteur: { kind: 'console' as const },
      motif: null,
      preuve: {},
    });
    const register = (liaison: Liaison): Promise<boolean> =>
      parts.liaisons.save(liaison, entry('liaison-registered', liaison.id));
    const bind = (liaison: Liaison, depuis: Instant): Promise<boolean> => {
      const { id: collectiviteId } = parts.collectivite;
      const bound = { collectiviteId, liaisonId: liaison.id, depuis, jusqua: null };
      return parts.liaisons.bind(bound, { ...entry('collectivite-bound', collectiviteId), collectiviteId });
    };
    const boundAt = async (at: Instant): Promise<string | undefined> =>
      (await parts.prefectures.routeOf(parts.collectivite.id, at))?.liaison.id;

    it('commencent par la directe, où toute collectivité est reliée depuis toujours', async () => {
      expect(await parts.liaisons.list()).toEqual([DIRECTE]);
      expect(await parts.liaisons.find(LIAISON_DIRECTE)).toEqual(DIRECTE);
      expect(await parts.liaisons.find(aLiaison('inconnue').id)).toBeNull();
      const { id: collectiviteId } = parts.collectivite;
      expect(await parts.liaisons.rattachementsOf(collectiviteId)).toEqual([
        { collectiviteId, liaisonId: LIAISON_DIRECTE, depuis: null, jusqua: null },
      ]);
      expect(await boundAt('1999-01-01T00:00:00.000Z' as Instant)).toBe(LIAISON_DIRECTE);
    });

    it('s’inscrivent avec tout ce qu’elles sont, et ne redisent rien quand rien ne change', async () => {
      const hub = aLiaison('hub', {
        compte: 'mairie-276',
        traits: {
          prend: 'pieces',
          releve: 'transaction',
          prouveAbsence: false,
          accuseLettres: true,
          bruleNumeros: true,
        },
        regles: { ...NO_DEPOSIT_RULES, sansTiret: true, objetMax: 499 },
        reglages: { url: 'https://hub.example.org', sondagePeriodeMs: 60_000 },
      });
      expect(await register(hub)).toBe(true);
      expect(await register(hub)).toBe(false);
      expect(await register({ ...hub, etat: 'fermee' })).toBe(true);
      expect(await parts.liaisons.list()).toEqual([DIRECTE, { ...hub, etat: 'fermee' }]);
      expect(await parts.audited()).toEqual(['liaison-registered', 'liaison-registered']);
    });

    it('n’en ont qu’une par défaut : la nouvelle prend la place de l’ancienne', async () => {
      await register(aLiaison('hub', { parDefaut: true }));
      expect((await parts.liaisons.list()).map(({ id, parDefaut }) => [id, parDefaut])).toEqual([
        ['directe', false],
        ['hub', true],
      ]);
    });

    it('se relaient à leur date : avant, l’ancienne ; à partir d’elle, la nouvelle ; jamais deux', async () => {
      const hub = aLiaison('hub');
      await register(hub);
      const later = addMs(NOW, HOUR_MS);
      expect(await bind(hub, later)).toBe(true);
      expect([await boundAt(NOW), await boundAt(addMs(later, -1)), await boundAt(later)]).toEqual([
        'directe',
        'directe',
        'hub',
      ]);
      // Une décision plus proche emporte celle qui était prévue pour plus tard.
      expect(await bind(DIRECTE, addMs(NOW, 1_000))).toBe(true);
      expect(await boundAt(later)).toBe('directe');
      const all = await parts.liaisons.rattachementsOf(parts.collectivite.id);
      expect(all.map(({ liaisonId, jusqua }) => [liaisonId, jusqua])).toEqual([
        ['directe', addMs(NOW, 1_000)],
        ['directe', null],
      ]);
      expect(await parts.audited()).toEqual([
        'liaison-registered',
        'collectivite-bound',
        'collectivite-bound',
      ]);
    });

    it('suivent le calcul du domaine, quelle que soit la suite des dates', async () => {
      const choices = [DIRECTE, aLiaison('hub'), aLiaison('relais')];
      for (const liaison of choices.slice(1)) await register(liaison);
      const { id } = parts.collectivite;
      let expected: readonly Rattachement[] = await parts.liaisons.rattachementsOf(id);
      for (const [index, hours] of [3, 7, 5, 5, 9, 1].entries()) {
        const liaison = choices[index % choices.length] ?? DIRECTE;
        const depuis = addMs(NOW, hours * HOUR_MS);
        expected = rebind(expected, id, liaison.id, depuis);
        expect(await bind(liaison, depuis)).toBe(true);
        expect(await parts.liaisons.rattachementsOf(id)).toEqual(expected);
        for (let hour = 0; hour < 12; hour += 1) {
          const at = addMs(NOW, hour * HOUR_MS);
          expect(await boundAt(at)).toBe(rattachementAt(expected, at)?.liaisonId);
        }
      }
    });

    it('fermées, ne reçoivent plus personne', async () => {
      const closed = aLiaison('ancienne', { etat: 'fermee' });
      await register(closed);
      expect(await bind(closed, NOW)).toBe(false);
      expect(await boundAt(NOW)).toBe('directe');
      expect(await parts.audited()).toEqual(['liaison-registered']);
    });

    it('disent combien de collectivités y sont reliées en ce moment', async () => {
      const hub = aLiaison('hub');
      await register(hub);
      await bind(hub, addMs(NOW, HOUR_MS));
      const counted = async (at: Instant): Promise<unknown> =>
        (await parts.liaisons.views(at)).map(({ liaison, collectivites, transmissionsOuvertes }) => [
          liaison.id,
          collectivites,
          transmissionsOuvertes,
        ]);
      expect(await counted(NOW)).toEqual([
        ['directe', 1, 0],
        ['hub', 0, 0],
      ]);
      expect(await counted(addMs(NOW, HOUR_MS))).toEqual([
        ['directe', 0, 0],
        ['hub', 1, 0],
      ]);
    });
  });
}
