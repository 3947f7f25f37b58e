import type { HistoryEntryBody } from '../../../apps/api/src/audit-history/history.schema';
import { eventually } from '../../services/eventually';
import { verifyAuditChains } from './audit-chain';
import { indiscretionsOf, indiscretionsOfMetriques } from './journal-silence';
import type { Journey, JourneyBook, Step } from './journey';
import { Scene } from './scene';
import { Stage } from './stage';

const STEP_WITHIN_MS = 60_000;
const STAGE_WITHIN_MS = 120_000;

/** Les entrées de la vie de l'acte, sans celles des retours qui l'ont nourrie, ni des alertes, qui viennent au pas de la surveillance. */
const livesOf = (history: readonly HistoryEntryBody[]): readonly HistoryEntryBody[] =>
  history.filter(
    ({ sujet, evenement }) =>
      sujet !== 'retour' && sujet !== 'correspondance' && !evenement.startsWith('alerte-'),
  );
const retoursOf = (history: readonly HistoryEntryBody[]): readonly HistoryEntryBody[] =>
  history.filter(({ sujet }) => sujet === 'retour');

/** Où en est la lecture de l'histoire : ce qui précède a déjà été attendu et reconnu. */
class Reading {
  private id = '';
  private lives = 0;
  private retours = 0;

  constructor(private readonly scene: Scene) {}

  /** Attend les événements de l'étape, dans l'ordre, et refuse tout autre. */
  async follow({ then = [], maybe = [], retours = [] }: Step): Promise<void> {
    // Une correction a sa propre histoire : on la lit depuis son dépôt.
    if (this.id !== this.scene.id) {
      this.lives = 0;
      this.retours = 0;
      this.id = this.scene.id;
    }
    for (const { evenement, etat } of then) {
      const entry = await this.nextLife(evenement, maybe);
      expect([entry.evenement, entry.etatApres]).toEqual([evenement, etat]);
    }
    for (const evenement of retours) {
      await eventually(
        evenement,
        async () => retoursOf(await this.scene.history()).length > this.retours,
        STEP_WITHIN_MS,
      );
      expect(retoursOf(await this.scene.history())[this.retours]?.evenement).toBe(evenement);
      this.retours += 1;
    }
  }

  /** Ce que l'histoire porte et que personne n'attendait. */
  async unexpected(): Promise<readonly string[]> {
    const history = await this.scene.history();
    const rest = [...livesOf(history).slice(this.lives), ...retoursOf(history).slice(this.retours)];
    return rest.map(({ evenement, etatApres }) => `${evenement} → ${String(etatApres)}`);
  }

  private async nextLife(evenement: string, maybe: readonly string[]): Promise<HistoryEntryBody> {
    for (;;) {
      let found: HistoryEntryBody | undefined;
      await eventually(
        `l'événement ${evenement}`,
        async () => {
          found = livesOf(await this.scene.history())[this.lives];
          return found !== undefined;
        },
        STEP_WITHIN_MS,
      );
      if (!found) throw new Error(`Attendu : ${evenement}`);
      this.lives += 1;
      if (found.evenement === evenement || !maybe.includes(found.evenement)) return found;
    }
  }
}

function playJourney(journey: Journey, stageOf: () => Stage): void {
  describe(journey.title, () => {
    let scene: Scene;
    let reading: Reading;
    let isBroken = false;

    beforeAll(() => {
      scene = new Scene(stageOf(), journey.numeroInterne);
      reading = new Reading(scene);
    });

    for (const [index, step] of journey.steps.entries()) {
      it(
        `${index + 1}. ${step.actor} — ${step.does}`,
        async () => {
          if (isBroken) throw new Error('Une étape d’avant a échoué : la suite ne veut plus rien dire.');
          isBroken = true;
          await step.act?.(scene);
          await reading.follow(step);
          for (const check of Object.values(step.checks ?? {})) await check(scene);
          isBroken = false;
        },
        STEP_WITHIN_MS + 10_000,
      );
    }

    it('et rien d’autre n’est arrivé', async () => {
      expect(await reading.unexpected()).toEqual([]);
    });
  });
}

/**
 * Joue des parcours sur de vrais processus, lancés une fois pour tout le livre. Lu depuis un autre fichier que le sien (la
 * documentation), un livre ne joue rien.
 */
export function playJourneys(book: JourneyBook): JourneyBook {
  if (expect.getState().testPath?.endsWith('.journey.ts') !== true) return book;
  let stage: Stage | undefined;
  const stageOf = (): Stage => {
    if (!stage) throw new Error('Les processus ne sont pas lancés');
    return stage;
  };
  beforeAll(async () => {
    stage = await Stage.start(book.settings);
  }, STAGE_WITHIN_MS);
  afterAll(() => stage?.stop(), STAGE_WITHIN_MS);
  for (const journey of book.journeys) playJourney(journey, stageOf);
  describe('de tous ces parcours', () => {
    it('la chaîne d’audit se recalcule, empreinte par empreinte', async () => {
      const { count, faults } = await verifyAuditChains(stageOf().databaseUrl);
      expect(faults).toEqual([]);
      expect(count).toBeGreaterThan(3 * book.journeys.length);
    });

    it('les journaux techniques ne citent ni personne, ni contenu, ni secret', () => {
      expect(stageOf().writtenSoFar()).toContain('demande traitée');
      expect(indiscretionsOf(stageOf())).toEqual([]);
    });

    it('les métriques les comptent sans désigner personne, ni acte, ni collectivité', async () => {
      const api = await stageOf().metriquesOf('api');
      const worker = await stageOf().metriquesOf('worker');
      expect(api).toMatch(/^teletransmission_depots_total [1-9]/m);
      // Un compteur repart de zéro avec son processus : le dernier lancé n'a parfois rien scellé, mais il a relevé ce qui revenait.
      expect(worker).toMatch(/^teletransmission_travaux_total\{file="[a-z-]+",issue="fait"\} [1-9]/m);
      expect(worker).toContain('teletransmission_dependance_disponible{nom="files"} 1');
      expect(indiscretionsOfMetriques(stageOf(), `${api}\n${worker}`)).toEqual([]);
      const indiscreet = 'x{siren="213402761"} 1';
      expect(indiscretionsOfMetriques(stageOf(), indiscreet)).toEqual([
        'un SIREN : x{siren="213402761"}',
        'une étiquette hors du vocabulaire : x{siren="213402761"}',
      ]);
      expect(indiscretionsOfMetriques(stageOf(), 'x{departement="034"} 157286400')).toEqual([]);
    });
  });
  return book;
}
