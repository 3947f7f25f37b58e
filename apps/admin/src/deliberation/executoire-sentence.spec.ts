import { civilDate } from '@teletransmission/kernel';
import type { TransmissionState } from '@teletransmission/teletransmission';
import { TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import { aDeliberationView } from '../../test/views';
import { executoireSentence } from './executoire-sentence';

function sentence(state: TransmissionState, reception: string | null, publication: string | null): string {
  return executoireSentence(
    aDeliberationView({
      transmission: { state, dateReception: reception === null ? null : civilDate(reception) },
      publication: {
        state: publication === null ? 'unpublished' : 'published',
        datePublication: publication === null ? null : civilDate(publication),
      },
    }),
  );
}

describe('la phrase de la date exécutoire', () => {
  it.each([
    ['2022-11-02', '2022-11-21', 'Exécutoire depuis le 21/11/2022', 'la publication a suivi la réception'],
    [
      '2022-11-02',
      '2022-10-21',
      'Exécutoire depuis le 02/11/2022',
      'la réception par l’État a suivi la publication',
    ],
    ['2022-11-02', '2022-11-02', 'Exécutoire depuis le 02/11/2022', 'le même jour'],
  ])('reçue le %s et publiée le %s : %s, %s', (reception, publication, start, reason) => {
    const text = sentence('acknowledged', reception, publication);
    expect(text).toContain(start);
    expect(text).toContain(reason);
    expect(text).toContain('L2131-1');
  });

  it('dit ce qui manque', () => {
    expect(sentence('queued', null, null)).toContain('il manque la réception par l’État et la publication');
    expect(sentence('awaiting-ack', null, '2022-11-21')).toContain('l’État n’en a pas accusé réception');
    expect(sentence('acknowledged', '2022-11-02', null)).toContain('pas encore publiée');
  });

  it('n’est jamais exécutoire une fois l’annulation acquittée, quelles que soient ses dates', () => {
    expect(sentence('cancelled', '2022-11-02', '2022-11-21')).toMatch(/^Pas exécutoire/);
  });

  it('ne dit pas « pas encore » d’une transmission retirée', () => {
    expect(sentence('withdrawn', null, null)).toMatch(/^Pas exécutoire/);
  });

  it.each(TRANSMISSION_STATES)('ne parle jamais de validation ni d’approbation (%s)', (state) => {
    for (const reception of [null, '2022-11-02']) {
      for (const publication of [null, '2022-11-21']) {
        expect(sentence(state, reception, publication)).not.toMatch(/valid|approuv|approbation/i);
      }
    }
  });
});
