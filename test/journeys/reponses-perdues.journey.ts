import { playJourneys } from './runner/play-journeys';
import type { Scene } from './runner/scene';
import {
  ABSENT,
  ACCEPTED,
  ACKNOWLEDGE,
  DEFERRED,
  DEPOSIT,
  FOUND,
  LOST,
  OPENED,
  SEALED,
} from './runner/usual-steps';

const oneArchive =
  (presentations: number) =>
  async (scene: Scene): Promise<void> => {
    const archives = await scene.archivesAtPrefecture();
    expect(archives.map((archive) => archive.presentations)).toEqual([presentations]);
  };

/** Quatre façons de perdre la réponse d'un envoi : rien n'est envoyé deux fois, rien n'est perdu. */
export const lostAnswers = playJourneys({
  settings: {},
  journeys: [
    {
      title: 'La connexion coupée après la prise',
      prose:
        'La préfecture a pris l’archive, mais la connexion tombe avant sa réponse. L’envoi est incertain ; on demande, elle l’a ; on attend l’accusé sans rien renvoyer.',
      numeroInterne: 'COUPURE-APRES',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture est réglée pour couper après avoir pris l’archive, et pour accuser lentement.',
          act: (scene) => scene.instruct({ scenario: 'coupure-apres', delaiMs: 7_000 }),
        },
        DEPOSIT,
        { actor: 'service', does: 'Le service envoie ; la réponse se perd.', then: [SEALED, OPENED, LOST] },
        { actor: 'service', does: 'Le service demande à la préfecture, qui a l’archive.', then: [FOUND] },
        { ...ACKNOWLEDGE, checks: { 'elle n’a été présentée qu’une fois': oneArchive(1) } },
      ],
    },
    {
      title: 'Une erreur après la prise, et l’accusé avant la question',
      prose:
        'La préfecture répond 500 après avoir pris l’archive. L’accusé arrive avant qu’on ait demandé : il vaut réponse.',
      numeroInterne: 'ERREUR-APRES',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture est réglée pour répondre une erreur après avoir pris l’archive.',
          act: (scene) => scene.instruct({ scenario: 'erreur-apres', delaiMs: 0 }),
        },
        DEPOSIT,
        {
          actor: 'service',
          does: 'Le service envoie ; l’erreur ne dit pas si l’archive est prise.',
          then: [SEALED, OPENED, LOST],
        },
        { ...ACKNOWLEDGE, checks: { 'elle n’a été présentée qu’une fois': oneArchive(1) } },
      ],
    },
    {
      title: 'La connexion coupée avant la prise',
      prose:
        'La connexion tombe avant que la préfecture ait rien pris. L’envoi est incertain ; on demande, elle ne l’a pas ; la même archive, sous le même nom, repart.',
      numeroInterne: 'COUPURE-AVANT',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture est réglée pour couper une fois, avant d’avoir rien pris.',
          act: (scene) => scene.instruct({ scenario: 'coupure-avant', fois: 1 }),
        },
        DEPOSIT,
        { actor: 'service', does: 'Le service envoie ; la connexion tombe.', then: [SEALED, OPENED, LOST] },
        {
          actor: 'service',
          does: 'Le service demande à la préfecture, qui n’a rien : la même archive repart.',
          then: [ABSENT, OPENED, ACCEPTED],
        },
        { ...ACKNOWLEDGE, checks: { 'elle n’a été prise qu’une fois': oneArchive(1) } },
      ],
    },
    {
      title: 'Une préfecture indisponible',
      prose:
        'La préfecture répond 503 sans rien prendre : l’absence est certaine, l’envoi est remis à plus tard et repart de lui-même.',
      numeroInterne: 'ERREUR-AVANT',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture est réglée pour être indisponible une fois.',
          act: (scene) => scene.instruct({ scenario: 'erreur-avant', fois: 1 }),
        },
        DEPOSIT,
        {
          actor: 'service',
          does: 'Le service envoie ; la préfecture n’a rien pris, l’envoi attend son tour.',
          then: [SEALED, OPENED, DEFERRED],
        },
        { actor: 'service', does: 'Le tour venu, le service envoie de nouveau.', then: [OPENED, ACCEPTED] },
        { ...ACKNOWLEDGE, checks: { 'elle n’a été prise qu’une fois': oneArchive(1) } },
      ],
    },
  ],
});
