import { playJourneys } from './runner/play-journeys';
import type { Step } from './runner/journey';
import {
  ACKNOWLEDGE,
  ACKNOWLEDGED,
  ANNULATION_ACKNOWLEDGED,
  ANNULATION_REQUESTED,
  ANOMALIE,
  DELIVERED,
  DEPOSIT,
  DEPOSITED,
  OPENED,
  RESUBMITTED,
  SEALED,
  SEND,
  SENT,
} from './runner/usual-steps';

const REACHED: readonly Step[] = [DEPOSIT, SEND, ACKNOWLEDGE];

function letter(flux: '3-1' | '4-1', does: string): Step {
  return {
    actor: 'préfecture',
    does,
    act: async (scene) => {
      await scene.receiveLetter(flux);
      await scene.letterReaches('received');
    },
    then: [DEPOSITED, SEALED, OPENED, DELIVERED],
    retours: ['retour-applied'],
  };
}

function answered(
  flux: '3-3' | '3-4' | '4-3' | '4-4',
  does: string,
  ...noms: readonly string[]
): readonly Step[] {
  return [
    { actor: 'commune', does, act: (scene) => scene.answerLetter(flux, ...noms), then: [DEPOSITED, ...SENT] },
    {
      actor: 'préfecture',
      does: 'La préfecture accuse la réponse ; la lettre est close, l’acte garde son accusé.',
      then: [ACKNOWLEDGED],
      retours: ['retour-applied'],
      checks: {
        'la lettre est répondue': (scene) => scene.letterReaches('answered'),
        'l’acte n’a pas bougé': async (scene) => {
          expect((await scene.view()).transmission.etat).toBe('acknowledged');
        },
      },
    },
  ];
}

/** Ce que la préfecture et la commune se disent après l'accusé. */
export const exchanges = playJourneys({
  settings: {},
  journeys: [
    {
      title: 'Annulée après son accusé',
      prose:
        'La commune renonce à un acte acquitté : l’annulation part sous sa propre enveloppe, et l’accusé de la préfecture annule l’acte.',
      numeroInterne: 'ANNULE-1',
      steps: [
        ...REACHED,
        {
          actor: 'commune',
          does: 'La commune demande l’annulation, avec son motif ; le message 6-1 part.',
          act: (scene) => scene.cancel(),
          then: [ANNULATION_REQUESTED, DEPOSITED, ...SENT],
        },
        {
          actor: 'préfecture',
          does: 'La préfecture accuse l’annulation (6-2) : l’acte est réputé jamais transmis.',
          then: [ACKNOWLEDGED, ANNULATION_ACKNOWLEDGED],
          retours: ['retour-applied'],
          checks: {
            'il n’est plus exécutoire': async (scene) => {
              expect((await scene.view()).dateExecutoire).toBeNull();
            },
          },
        },
      ],
    },
    {
      title: 'Pièces complémentaires fournies',
      prose:
        'La préfecture demande des pièces ; le service en accuse la demande de lui-même, la commune les envoie.',
      numeroInterne: 'PIECES-1',
      steps: [
        ...REACHED,
        letter('3-1', 'La préfecture demande des pièces (3-1) ; le service en rend l’accusé (3-2) aussitôt.'),
        ...answered('3-4', 'La commune envoie deux pièces (3-4).', 'plan.pdf', 'rapport.pdf'),
      ],
    },
    {
      title: 'Pièces complémentaires refusées',
      prose: 'La commune refuse les pièces demandées, et dit pourquoi.',
      numeroInterne: 'PIECES-2',
      steps: [
        ...REACHED,
        letter('3-1', 'La préfecture demande des pièces (3-1) ; le service en rend l’accusé (3-2) aussitôt.'),
        ...answered('3-3', 'La commune refuse (3-3), par une lettre.', 'refus.pdf'),
      ],
    },
    {
      title: 'Observations répondues',
      prose: 'La préfecture critique l’acte ; la commune s’explique.',
      numeroInterne: 'OBSERV-1',
      steps: [
        ...REACHED,
        letter(
          '4-1',
          'La préfecture écrit ses observations (4-1) ; le service en rend l’accusé (4-2) aussitôt.',
        ),
        ...answered('4-4', 'La commune répond aux observations (4-4).', 'reponse.pdf'),
      ],
    },
    {
      title: 'Observations rejetées',
      prose: 'La préfecture critique l’acte ; la commune le maintient.',
      numeroInterne: 'OBSERV-2',
      steps: [
        ...REACHED,
        letter(
          '4-1',
          'La préfecture écrit ses observations (4-1) ; le service en rend l’accusé (4-2) aussitôt.',
        ),
        ...answered('4-3', 'La commune rejette les observations (4-3).', 'rejet.pdf'),
      ],
    },
    {
      title: 'Courrier simple, puis réponse',
      prose: 'Une lettre simple n’est jamais accusée, sa réponse non plus : elle se clôt à sa remise.',
      numeroInterne: 'COURRIER-1',
      steps: [
        ...REACHED,
        {
          actor: 'préfecture',
          does: 'La préfecture écrit une lettre simple (2-1).',
          act: async (scene) => {
            await scene.receiveLetter('2-1');
            await scene.letterReaches('received');
          },
          retours: ['retour-applied'],
        },
        {
          actor: 'commune',
          does: 'La commune répond (2-2).',
          act: (scene) => scene.answerLetter('2-2', 'reponse.pdf'),
          then: [DEPOSITED, SEALED, OPENED, DELIVERED],
          checks: { 'la lettre est répondue': (scene) => scene.letterReaches('answered') },
        },
      ],
    },
    {
      title: 'Déférée au tribunal',
      prose:
        'La préfecture défère l’acte : rien n’en est accusé, l’alerte passe avant tout le reste, jusqu’à ce qu’une personne la prenne en charge.',
      numeroInterne: 'DEFERE-1',
      steps: [
        ...REACHED,
        {
          actor: 'préfecture',
          does: 'La préfecture défère l’acte au tribunal administratif (5-1).',
          act: async (scene) => {
            await scene.receiveLetter('5-1');
            await scene.letterReaches('noted');
          },
          retours: ['retour-applied'],
          checks: {
            'l’alerte est ouverte avec lui': (scene) => scene.alertesAre('defere'),
          },
        },
        {
          actor: 'commune',
          does: 'La commune le transmet à son conseil, et le dit pris en charge.',
          act: (scene) => scene.takeDefere(),
          checks: {
            'l’alerte est levée': async (scene) => {
              await scene.letterReaches('taken');
              await scene.alertesAre();
            },
          },
        },
      ],
    },
    {
      title: 'Nomenclature changée entre deux dépôts',
      prose:
        'La préfecture publie une nomenclature pendant que l’acte voyage avec l’ancienne : elle le refuse, le service demande la neuve et renvoie l’acte de lui-même.',
      numeroInterne: 'NOMENCL-1',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture publie une nomenclature neuve.',
          act: (scene) => scene.publishClassification('2026-01-15'),
        },
        DEPOSIT,
        { ...SEND, does: 'Le service envoie l’acte, qui porte encore l’ancienne date.' },
        {
          actor: 'préfecture',
          does: 'La préfecture le refuse (002) ; le service demande la nomenclature (7-1), la reçoit (7-2), et renvoie l’acte.',
          then: [ANOMALIE, RESUBMITTED, ...SENT],
          retours: ['retour-applied'],
          checks: {
            'la nomenclature de la commune est la neuve': async (scene) => {
              expect(await scene.classification()).toBe('2026-01-15');
            },
          },
        },
        ACKNOWLEDGE,
      ],
    },
  ],
});
