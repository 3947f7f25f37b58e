import type { LectureXml } from '@teletransmission/actes';
import type { CivilDate, Instant, TimeZone } from '@teletransmission/kernel';
import { aTransmission } from '@teletransmission/testkit';
import type { EnveloppeId } from '../ids';
import { judgeRetour } from './judge-retour';

const ENVELOPPE = 'e0000000-0000-7000-8000-000000000001' as EnveloppeId;

function accuse(dateReception: string): LectureXml {
  return {
    type: '1-2',
    racine: 'ARActe',
    encodage: 'ISO-8859-1',
    message: { flux: '1-2', dateReception: dateReception as CivilDate },
    ecarts: [],
  };
}

/** Le cas d'un accusé de cette date, pour un acte envoyé à cet instant par une collectivité de ce fuseau, reçu peu après. */
function caseOf(envoye: string, date: string, fuseau: TimeZone, recu: string = envoye): string {
  const ouvertLe = envoye as Instant;
  return judgeRetour({
    lecture: accuse(date),
    transmission: aTransmission({ state: 'awaiting-ack' }),
    isCurrentEnveloppe: true,
    isEcho: false,
    sent: { enveloppeId: ENVELOPPE, ouvertLe, premierOuvertLe: ouvertLe },
    recuLe: recu as Instant,
    fuseau,
  });
}

const PARIS = 'Europe/Paris';

describe('l’horloge de l’État n’est pas celle de la collectivité', () => {
  it.each<[string, string, TimeZone, string, string]>([
    // Une commune de métropole peu après minuit ; le serveur marque encore la veille.
    ['un serveur en GMT', '2026-12-01T23:30:00.000Z', PARIS, '2026-12-01', 'accuse-veille'],
    ['le même jour', '2026-12-01T23:30:00.000Z', PARIS, '2026-12-02', 'accuse-attendu'],
    [
      'au matin, d’un fuseau très à l’ouest',
      '2026-12-01T08:00:00.000Z',
      PARIS,
      '2026-11-30',
      'accuse-veille',
    ],
    ['aucun fuseau : l’après-midi', '2026-12-01T12:00:00.000Z', PARIS, '2026-11-30', 'accuse-anterieur'],
    ['l’avant-veille', '2026-12-01T08:00:00.000Z', PARIS, '2026-11-29', 'accuse-anterieur'],
    // Le Nouvel An.
    ['l’an d’avant', '2026-12-31T23:30:00.000Z', PARIS, '2026-12-31', 'accuse-veille'],
    ['l’an d’après', '2026-12-31T22:30:00.000Z', PARIS, '2027-01-01', 'accuse-lendemain'],
    // Le passage à l'heure d'été : le 29 mars 2026 commence à 23 h UTC et finit à 22 h.
    ['la nuit du passage à l’été', '2026-03-28T23:10:00.000Z', PARIS, '2026-03-28', 'accuse-veille'],
    [
      'la nuit d’après, un serveur en GMT+1',
      '2026-03-29T22:30:00.000Z',
      PARIS,
      '2026-03-29',
      'accuse-veille',
    ],
    // Le passage à l'heure d'hiver : le 25 octobre 2026 commence à 22 h UTC et finit à 23 h.
    ['la nuit du passage à l’hiver', '2026-10-24T22:30:00.000Z', PARIS, '2026-10-24', 'accuse-veille'],
    ['la nuit d’après', '2026-10-25T22:30:00.000Z', PARIS, '2026-10-25', 'accuse-attendu'],
    // Outre-mer, le serveur à l'heure de Paris.
    ['La Réunion après minuit', '2026-12-01T20:30:00.000Z', 'Indian/Reunion', '2026-12-01', 'accuse-veille'],
    ['la Nouvelle-Calédonie', '2026-12-31T14:00:00.000Z', 'Pacific/Noumea', '2026-12-31', 'accuse-veille'],
    [
      'la Nouvelle-Calédonie, trop tôt',
      '2026-12-31T14:00:00.000Z',
      'Pacific/Noumea',
      '2026-12-30',
      'accuse-anterieur',
    ],
    ['la Polynésie', '2027-01-01T05:00:00.000Z', 'Pacific/Tahiti', '2027-01-01', 'accuse-lendemain'],
    [
      'la Polynésie, jour local',
      '2027-01-01T05:00:00.000Z',
      'Pacific/Tahiti',
      '2026-12-31',
      'accuse-attendu',
    ],
    ['la Polynésie, à venir', '2027-01-01T05:00:00.000Z', 'Pacific/Tahiti', '2027-01-02', 'accuse-futur'],
    // À venir : le jour n'a encore commencé nulle part.
    ['demain, déjà commencé à l’est', '2026-12-01T10:00:00.000Z', PARIS, '2026-12-02', 'accuse-lendemain'],
    ['demain, commencé nulle part', '2026-12-01T09:59:00.000Z', PARIS, '2026-12-02', 'accuse-futur'],
    ['l’an prochain', '2026-12-01T10:00:00.000Z', PARIS, '2027-12-01', 'accuse-futur'],
  ])('%s : envoyé à %s (%s), daté du %s : %s', (_, envoye, fuseau, date, of) => {
    expect(caseOf(envoye, date, fuseau)).toBe(of);
  });

  it('le futur se compte de l’arrivée du retour, non de l’envoi', () => {
    const args = ['2026-12-01T09:00:00.000Z', '2026-12-03', PARIS] as const;
    expect(caseOf(...args, '2026-12-02T08:00:00.000Z')).toBe('accuse-futur');
    expect(caseOf(...args, '2026-12-03T08:00:00.000Z')).toBe('accuse-attendu');
  });
});
