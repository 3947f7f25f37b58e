import type { RetourCase } from '@teletransmission/teletransmission';
import { aCollectivite } from '../builders/a-collectivite';
import { aCompte } from '../builders/a-compte';
import {
  aClassification,
  aLettre,
  anAccuse,
  anAccuseAnnulation,
  anAccuseXml,
  anAnomalie,
  anAnomalieEnveloppe,
} from '../builders/a-retour';
import type { InMemoryService } from '../in-memory/in-memory-service';
import { TIMINGS } from '../in-memory/in-memory-service';

export const NOM_RETOUR = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
const ENVELOPPE_1 = 'ANO_TACT--213402761--20221102-1.xml';
const motif = 'essai de la politique';
const ACTE = '034-213402761-20221020-2022-10-062-DE';
export const aMulticanal = (suite: string): Buffer =>
  Buffer.from(`<p>La transmission est effectuée en multi canal : le papier est attendu. ${suite}</p>`);

/** L'état de la première transmission après le retour jugé, pour chaque cas. */
export interface RetourScene {
  readonly play: (service: InMemoryService) => Promise<void>;
  readonly state: string;
}

async function asked(service: InMemoryService): Promise<void> {
  await service.requestClassification.execute(aCollectivite().id, motif);
  await service.runJobs();
}
const versionOf = async (service: InMemoryService): Promise<string | undefined> =>
  (await service.collectivites.findBySiren('213402761'))?.classificationDateVersion;
async function deposited(service: InMemoryService): Promise<void> {
  await service.depositReference();
}
async function awaiting(service: InMemoryService): Promise<void> {
  await service.depositReference();
  await service.runJobs();
}
async function acknowledged(service: InMemoryService): Promise<void> {
  await awaiting(service);
  await service.receive('ar', NOM_RETOUR, await anAccuse());
}
async function rejected(service: InMemoryService): Promise<void> {
  await awaiting(service);
  await service.receive('ano', NOM_RETOUR, await anAnomalie('007', 'Fichier illisible'));
}
async function steer(
  service: InMemoryService,
  steering: 'resubmitted' | 'withdrawn' | 'put-on-hold',
): Promise<void> {
  const steered = await service.steer.execute({
    compte: aCompte({ role: 'operateur' }),
    transmissionId: service.transmission().id,
    steering,
    motif,
  });
  if (!steered.ok) throw new Error(steered.problem.detail);
}
async function cancelling(service: InMemoryService): Promise<void> {
  await acknowledged(service);
  const asked = await service.annulation.execute({
    compte: aCompte({ role: 'operateur' }),
    transmissionId: service.transmission().id,
    motif,
  });
  if (!asked.ok) throw new Error(asked.problem.detail);
  await service.runJobs();
}
const last = async (
  service: InMemoryService,
  bytes: Promise<Buffer> | Buffer,
  nom = NOM_RETOUR,
): Promise<void> => service.receive('dernier', nom, await bytes);

/** Une scène par cas : en oublier un ne compile pas. */
export const RETOUR_SCENES: Readonly<Record<RetourCase, RetourScene>> = {
  'accuse-attendu': {
    state: 'acknowledged',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuse());
    },
  },
  'accuse-tardif': {
    state: 'acknowledged',
    play: async (service) => {
      await awaiting(service);
      service.clock.advance(TIMINGS.ackDeadlineMs);
      await service.sweep.execute();
      await last(service, anAccuse());
    },
  },
  'accuse-repete': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, anAccuse({ compteur: 5280 }));
    },
  },
  'accuse-autre-date': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, anAccuse({ dateReception: '2022-11-03' }));
    },
  },
  'accuse-apres-anomalie': {
    state: 'acknowledged',
    play: async (service) => {
      await rejected(service);
      await last(service, anAccuse());
    },
  },
  'accuse-retenu': {
    state: 'acknowledged',
    play: async (service) => {
      await deposited(service);
      await service.seal.execute(service.transmission().id);
      service.prefecture.answer({ kind: 'refused', code: 'prefecture/http-413', detail: 'Trop lourde.' });
      await service.submit.execute(service.transmission().id);
      expect(service.transmission().state).toBe('held');
      await last(service, anAccuse());
    },
  },
  'accuse-remis-en-file': {
    state: 'acknowledged',
    play: async (service) => {
      await rejected(service);
      await steer(service, 'resubmitted');
      service.prefecture.deliver('dernier', NOM_RETOUR, await anAccuse());
      await service.collect.execute();
      const retour = [...service.ledger.retours.values()].at(-1);
      if (retour) await service.apply.execute(retour.id);
      await service.runJobs();
      expect(service.prefecture.taken).toHaveLength(1);
    },
  },
  'accuse-apres-restauration': {
    state: 'acknowledged',
    play: async (service) => {
      await deposited(service);
      await steer(service, 'put-on-hold');
      const { id, cycle } = service.transmission();
      const restored = { imageDu: service.clock.now(), cycle };
      service.ledger.transmissions.set(id, { ...service.transmission(), restored });
      await last(service, anAccuse());
    },
  },
  'accuse-veille': {
    state: 'acknowledged',
    play: async (service) => {
      // Paris, minuit et demi le 2 : un serveur en GMT marque encore le 1er.
      service.clock.set('2022-11-01T23:30:00.000Z');
      await awaiting(service);
      await last(service, anAccuse({ dateReception: '2022-11-01' }));
      expect(service.transmission().dateReception).toBe('2022-11-01');
    },
  },
  'accuse-lendemain': {
    state: 'acknowledged',
    play: async (service) => {
      service.clock.set('2022-11-02T20:00:00.000Z');
      await awaiting(service);
      await last(service, anAccuse({ dateReception: '2022-11-03' }));
    },
  },
  'accuse-futur': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuse({ dateReception: '2023-11-02' }));
    },
  },
  'accuse-jamais-envoye': {
    state: 'withdrawn',
    play: async (service) => {
      await rejected(service);
      await steer(service, 'withdrawn');
      await service.depositReference({ objet: 'Objet corrigé après le refus' });
      service.prefecture.deliver('dernier', NOM_RETOUR, await anAccuse());
      await service.collect.execute();
      const retour = [...service.ledger.retours.values()].at(-1);
      if (retour) await service.apply.execute(retour.id);
      expect(service.transmission(1).state).toBe('queued');
    },
  },
  'accuse-anterieur': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuse({ dateReception: '2022-10-31' }));
    },
  },
  'accuse-acte-annule': {
    state: 'cancelled',
    play: async (service) => {
      await cancelling(service);
      await service.receive('annule', NOM_RETOUR, await anAccuseAnnulation());
      await last(service, anAccuse({ dateReception: '2022-11-05' }));
    },
  },
  'accuse-acte-retire': {
    state: 'withdrawn',
    play: async (service) => {
      await rejected(service);
      await steer(service, 'withdrawn');
      await last(service, anAccuse());
    },
  },
  'annulation-sans-demande': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, anAccuseAnnulation());
    },
  },
  'anomalie-attendue': {
    state: 'rejected',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAnomalie());
    },
  },
  'anomalie-repetee': {
    state: 'rejected',
    play: async (service) => {
      await rejected(service);
      await last(service, anAnomalie('007', 'Fichier illisible, encore'));
    },
  },
  'anomalie-autre': {
    state: 'rejected',
    play: async (service) => {
      await rejected(service);
      await last(service, anAnomalie('006', 'Fichier manquant'));
    },
  },
  'anomalie-apres-accuse': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, anAnomalie());
    },
  },
  'anomalie-ancienne-enveloppe': {
    state: 'awaiting-ack',
    play: async (service) => {
      await rejected(service);
      await steer(service, 'resubmitted');
      await service.runJobs();
      await last(service, anAnomalieEnveloppe(), ENVELOPPE_1);
    },
  },
  'anomalie-hors-attente': {
    state: 'queued',
    play: async (service) => {
      await deposited(service);
      service.prefecture.deliver('dernier', NOM_RETOUR, await anAnomalie());
      await service.collect.execute();
      const [retour] = service.ledger.retours.values();
      if (retour) await service.apply.execute(retour.id);
    },
  },
  lettre: {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, aLettre('3-1'));
    },
  },
  'lettre-acte-annule': {
    state: 'cancelled',
    play: async (service) => {
      await cancelling(service);
      await service.receive('annule', NOM_RETOUR, await anAccuseAnnulation());
      await last(service, aLettre('2-1'));
      expect(service.ledger.correspondances.size).toBe(1);
    },
  },
  'lettre-repetee': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await service.receive('lettre', NOM_RETOUR, await aLettre('2-1'));
      await last(service, aLettre('2-1', { compteur: 303 }));
      expect(service.ledger.correspondances.size).toBe(1);
    },
  },
  'lettre-incomplete': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, aLettre('2-1', { sansDocument: true }));
    },
  },
  'nomenclature-demandee': {
    state: 'acknowledged',
    play: async (service) => {
      await asked(service);
      await last(service, aClassification('7-2', '2022-10-15'));
    },
  },
  'nomenclature-spontanee': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await service.receive('ano', NOM_RETOUR, await anAnomalie('002', 'nomenclature périmée'));
      expect(service.transmission().state).toBe('rejected');
      await last(service, aClassification('7-2', '2022-10-15'));
      expect(await versionOf(service)).toBe('2022-10-15');
    },
  },
  'nomenclature-connue': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, aClassification('7-2', '2018-01-01'));
      expect(await versionOf(service)).toBe('2019-08-29');
    },
  },
  'nomenclature-ancienne': {
    state: 'acknowledged',
    play: async (service) => {
      await service.receive('neuve', NOM_RETOUR, await aClassification('7-2', '2022-10-15'));
      await asked(service);
      await last(service, aClassification('7-2', '2022-10-01', [7]));
      expect(await versionOf(service)).toBe('2022-10-15');
      const kept = [...service.ledger.classifications.values()][0];
      expect(kept?.matieres.map(({ code }) => code)).toEqual([8]);
    },
  },
  'nomenclature-vide': {
    state: 'awaiting-ack',
    play: async (service) => {
      await asked(service);
      await last(service, aClassification('7-2', '2022-10-15', []));
      expect(await versionOf(service)).toBe('2019-08-29');
    },
  },
  'nomenclature-future': {
    state: 'awaiting-ack',
    play: async (service) => {
      await asked(service);
      await last(service, aClassification('7-2', '2022-11-04'));
      expect(await versionOf(service)).toBe('2019-08-29');
    },
  },
  information: {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, aMulticanal(`Identifiant Acte : ${ACTE}`));
    },
  },
  'information-sans-acte': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, aMulticanal('Merci.'));
    },
  },
  'date-illisible': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuseXml({ dateReception: '2022-11-02T00:00:00.000+01:00' }));
    },
  },
  'message-inattendu': {
    state: 'awaiting-ack',
    play: async (service) => {
      await asked(service);
      service.prefecture.deliver('dernier', NOM_RETOUR, await anAccuse());
      await service.collect.execute();
      const [retour] = service.ledger.retours.values();
      if (!retour) throw new Error('retour absent');
      // Rattaché de force à une demande qu'il ne concerne pas.
      service.ledger.retours.set(retour.id, { ...retour, rattacheA: service.transmission().id });
      await service.runJobs();
    },
  },
  'sans-rattachement': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuse({ identifiantActe: '034-213402761-20211020-2022-10-062-DE' }));
    },
  },
  'rattachement-ambigu': {
    state: 'awaiting-ack',
    play: async (service) => {
      await service.depositReference({ numeroInterne: '2022-10-062' });
      await service.depositReference({ numeroInterne: '202210-062' });
      await service.runJobs();
      await last(service, anAccuse({ identifiantActe: '034-213402761-20221020-202210062-DE' }));
    },
  },
  illisible: {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, Buffer.from('bonjour'));
    },
  },
};

/** Les gestes dont ces scènes se composent. */
export const retourScene = { awaiting, acknowledged, rejected, cancelling, steer, last } as const;
