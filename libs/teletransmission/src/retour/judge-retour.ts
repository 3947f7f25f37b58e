import type { LectureXml } from '@teletransmission/actes';
import { FLUX } from '@teletransmission/actes';
import type { CivilDate, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDateAt, isOneOf } from '@teletransmission/kernel';
import { couldLeaveSince } from '../transmission/restored';
import type { Transmission } from '../transmission/transmission';
import { ACKNOWLEDGED_STATES, IN_FLIGHT_STATES } from '../vies/transmission-transitions';
import type { Anomalie } from './anomalie';
import { isAnomalie, repeatsReason } from './anomalie';
import { couldFollow, couldPrecede } from './horloges';
import type { RetourCase } from './policy';
import { dateOfAccuse } from './retour-happening';
import type { OpenedEnvoi } from '../transmission/envoi';

/** Ce qu'il faut savoir pour juger un retour : ce qu'il dit, ce qu'il concerne, et ce qui en était parti. */
export interface Situation {
  readonly lecture: LectureXml;
  readonly transmission: Transmission;
  /** Faux quand le retour nomme une enveloppe que l'acte a remplacée. */
  readonly isCurrentEnveloppe: boolean;
  /** Vrai quand le même retour, même nom et mêmes octets, a déjà été appliqué : il parle d'alors. */
  readonly isEcho: boolean;
  /** Le dernier envoi de cette transmission, tous cycles confondus ; `null` : rien n'en est jamais parti. */
  readonly sent: OpenedEnvoi | null;
  /** Quand ce retour nous est parvenu : un accusé n'en sait pas plus long. */
  readonly recuLe: Instant;
  readonly fuseau: TimeZone;
}

/** Le cas d'un accusé ou d'une anomalie. Pur : la même situation donne toujours le même cas. */
export function judgeRetour(situation: Situation): RetourCase {
  const { lecture, transmission } = situation;
  if (isAnomalie(lecture)) return judgeAnomalie(situation, lecture);
  if (!FLUX[transmission.flux].closPar.some((flux) => flux === lecture.type)) return 'message-inattendu';
  const date = dateOfAccuse(lecture);
  return date === undefined ? 'date-illisible' : judgeAccuse(situation, date);
}

function judgeAccuse({ transmission, sent, recuLe, fuseau }: Situation, date: CivilDate): RetourCase {
  const { state } = transmission;
  if (isOneOf(ACKNOWLEDGED_STATES, state) && transmission.dateReception === date) return 'accuse-repete';
  if (state === 'cancelled') return 'accuse-acte-annule';
  if (isOneOf(ACKNOWLEDGED_STATES, state)) return 'accuse-autre-date';
  if (state === 'withdrawn') return 'accuse-acte-retire';
  if (state === 'delivered') return 'message-inattendu';
  // Un identifiant peut resservir : seul un envoi de ce contenu-ci permet de croire l'accusé.
  const since = couldLeaveSince(transmission, sent);
  if (since === null) return 'accuse-jamais-envoye';
  // Après une restauration, l'envoi lui-même n'est pas connu : on ne prête rien à une date que l'image dément déjà.
  if (sent ? !couldFollow(date, since) : date < civilDateAt(since, fuseau)) return 'accuse-anterieur';
  if (!couldPrecede(date, recuLe)) return 'accuse-futur';
  if (date < civilDateAt(since, fuseau)) return 'accuse-veille';
  if (!sent || date < civilDateAt(sent.premierOuvertLe, fuseau)) return 'accuse-apres-restauration';
  if (date > civilDateAt(recuLe, fuseau)) return 'accuse-lendemain';
  if (state === 'rejected') return 'accuse-apres-anomalie';
  if (state === 'held') return 'accuse-retenu';
  if (state === 'queued' || state === 'sealed') return 'accuse-remis-en-file';
  return transmission.isOverdue ? 'accuse-tardif' : 'accuse-attendu';
}

function judgeAnomalie(
  { transmission, isCurrentEnveloppe, isEcho }: Situation,
  anomalie: Anomalie,
): RetourCase {
  const { state, stopReason } = transmission;
  if (isOneOf(ACKNOWLEDGED_STATES, state)) return 'anomalie-apres-accuse';
  if (!isCurrentEnveloppe) return 'anomalie-ancienne-enveloppe';
  if (isOneOf(IN_FLIGHT_STATES, state) || state === 'delivered')
    return isEcho ? 'anomalie-ancienne-enveloppe' : 'anomalie-attendue';
  if (state === 'rejected')
    return repeatsReason(anomalie, stopReason) ? 'anomalie-repetee' : 'anomalie-autre';
  return 'anomalie-hors-attente';
}
