import { validateXml } from '@teletransmission/actes';
import { civilDateAt, instantOf } from '@teletransmission/kernel';
import { createHash } from 'node:crypto';
import { hasReference, loadOfficialSchema } from '../../libs/actes/epreuves/official-schema';
import { contentOf } from './runner/archive-content';
import { playJourneys } from './runner/play-journeys';
import type { Scene } from './runner/scene';
import { SECRET_OBJET } from './runner/scene';
import { ACKNOWLEDGE, ANOMALIE, DEPOSIT, DEPOSITED, SEND, SENT } from './runner/usual-steps';

const TEXTE_PREFECTURE = 'Le document principal est illisible à la page 2';
const archives: string[] = [];

async function everyDateIsToday(scene: Scene): Promise<void> {
  const { transmission, publication, dateExecutoire } = await scene.view();
  const today = civilDateAt(instantOf(Date.now()), 'Europe/Paris');
  const dates = [
    transmission.dateTeletransmission,
    transmission.dateReception,
    publication.datePublication,
    dateExecutoire,
  ];
  expect(dates).toEqual([today, today, today, today]);
}

async function archiveIsSound(scene: Scene): Promise<void> {
  const archive = await scene.archive();
  const { archive: sealed } = await scene.view();
  const files = await contentOf(archive);
  expect(createHash('sha256').update(archive).digest('hex')).toBe(sealed?.empreinte);
  const xml = [...files].filter(([name]) => name.endsWith('.xml'));
  expect([xml.length, files.size]).toEqual([2, 4]);
  for (const [, octets] of xml) expect(validateXml(octets)).toEqual([]);
  if (!hasReference) return;
  const official = await loadOfficialSchema();
  const faults = xml.map(([, octets]) => official.faultOf(octets));
  official.dispose();
  expect(faults).toEqual([undefined, undefined]);
}

/** Les vies ordinaires : acquittée, refusée puis corrigée, acquittée deux fois. */
export const ordinaryLives = playJourneys({
  settings: {},
  journeys: [
    {
      title: 'La délibération de référence',
      prose:
        'Du vote à l’exécutoire : la commune dépose, le service transmet, la préfecture accuse, la publication suit. La date exécutoire est la plus tardive de la réception et de la publication.',
      numeroInterne: '2022-10-062',
      steps: [
        DEPOSIT,
        SEND,
        {
          ...ACKNOWLEDGE,
          checks: {
            'les quatre dates sont celles du jour, à Paris': everyDateIsToday,
            'l’archive est rendue telle qu’elle est partie, et ses deux XML sont conformes': archiveIsSound,
            'la préfecture n’a qu’une archive': async (scene) => {
              expect(await scene.archivesAtPrefecture()).toHaveLength(1);
            },
          },
        },
      ],
    },
    {
      title: 'Une anomalie, corrigée puis transmise de nouveau',
      prose:
        'La préfecture refuse l’acte et dit pourquoi. La commune dépose une correction, qui le remplace : une enveloppe neuve, d’un numéro neuf, part et obtient l’accusé.',
      numeroInterne: 'ANOMALIE-1',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture est réglée pour refuser cet acte, avec son propre texte.',
          act: (scene) =>
            scene.instruct({ scenario: 'anomalie', anomalie: { nature: '007', detail: TEXTE_PREFECTURE } }),
        },
        DEPOSIT,
        SEND,
        {
          actor: 'préfecture',
          does: 'L’anomalie arrive : l’acte est en anomalie, et le texte de la préfecture est montré tel quel.',
          then: [ANOMALIE],
          retours: ['retour-applied'],
          checks: {
            'le problème cite la préfecture': async (scene) => {
              const { transmission, archive } = await scene.view();
              archives.push(archive?.nom ?? '');
              expect(transmission.probleme).toMatchObject({
                code: expect.stringMatching(/^anomalie\//) as string,
                detail: expect.stringContaining(TEXTE_PREFECTURE) as string,
              });
            },
          },
        },
        {
          actor: 'commune',
          does: 'La commune dépose une correction, l’objet refait et les pièces reprises ; elle part sous une enveloppe neuve.',
          act: async (scene) => {
            await scene.forgetInstruction();
            await scene.correct(`${SECRET_OBJET}, corrigé`);
          },
          then: [DEPOSITED, ...SENT],
          checks: {
            'l’acte refusé est remplacé, et chacun montre l’autre': async (scene) => {
              const [former, correction] = [await scene.view(scene.formerId), await scene.view()];
              expect(former.transmission.etat).toBe('withdrawn');
              expect(former.corrigeePar).toBe(correction.id);
              expect(correction.corrige).toBe(former.id);
            },
            'l’acte garde son identité, l’objet est le neuf, les pièces sont les mêmes': async (scene) => {
              const [former, correction] = [await scene.view(scene.formerId), await scene.view()];
              expect(correction.identifiantActe).toBe(former.identifiantActe);
              expect(correction.objet).toBe(`${SECRET_OBJET}, corrigé`);
              expect(correction.pieces).toEqual(former.pieces);
            },
            'l’enveloppe a un numéro neuf': async (scene) => {
              const { archive } = await scene.view();
              expect(archive?.nom).toMatch(/^TLT-TACT--213402761--\d{8}-\d+\.tar\.gz$/);
              expect(archives).not.toContain(archive?.nom);
            },
          },
        },
        ACKNOWLEDGE,
      ],
    },
    {
      title: 'Un accusé arrivé deux fois',
      prose:
        'La préfecture rend deux fois le même accusé : le premier s’applique, le second est reconnu et gardé.',
      numeroInterne: 'DOUBLE-1',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture est réglée pour rendre l’accusé deux fois.',
          act: (scene) => scene.instruct({ scenario: 'double' }),
        },
        DEPOSIT,
        SEND,
        { ...ACKNOWLEDGE, retours: ['retour-applied', 'retour-duplicate'] },
      ],
    },
  ],
});
