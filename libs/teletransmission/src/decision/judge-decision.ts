import { checkTexteXml } from '@teletransmission/actes';
import type { CivilDate, Result, TimeZone, Violation } from '@teletransmission/kernel';
import { civilDateAt, frenchDate, ok, refuse } from '@teletransmission/kernel';
import type { Collectivite } from '../collectivite/collectivite';
import type { CollectiviteId } from '../ids';
import { acteOfIdentifiant } from '../retour/acte-dit';
import { couldFollow, couldPrecede } from '../retour/horloges';
import type { Retour } from '../retour/retour';
import { couldLeaveSince } from '../transmission/restored';
import { advanceTransmission } from '../transmission/advance';
import type { Transmission } from '../transmission/transmission';
import type { ContenuLu } from './decision';
import { accuseFluxOf } from './hand-reading';
import { decisionProblems } from './problems';
import {
  accuseRefused,
  annulationRefused,
  anomalieRefused,
  lettreWithoutActe,
  neverAcknowledged,
  neverSent,
} from './refusals.fr';
import type { OpenedEnvoi } from '../transmission/envoi';

/** Les bornes de ce qu'une personne recopie, en caractères. */
export const LU_MIN = 3;
export const LU_MAX = 1_000;
const TEXTE_MAX = 2_000;
const CODE_ANOMALIE = /^[0-9]{1,3}$/;

/** Ce qu'une personne avance d'un retour. */
export interface Assertion {
  readonly contenu: ContenuLu;
  /** L'empreinte des octets qu'elle a regardés. */
  readonly empreinte: string;
  readonly lu: string;
}

/** De quoi en juger. */
export interface Ground {
  readonly retour: Retour;
  /** La collectivité dont le retour lui-même dit parler. */
  readonly retourCollectivite: CollectiviteId | null;
  readonly transmission: Transmission;
  readonly collectivite: Collectivite;
  readonly sent: OpenedEnvoi | null;
}

/** Juge ce que la personne a écrit : toutes les fautes à la fois. */
export function checkAssertion(assertion: Assertion, ground: Ground): Result<void> {
  const violations = [...faultsOfProof(assertion, ground), ...faultsOfContenu(assertion.contenu, ground)];
  return violations.length === 0 ? ok(undefined) : refuse(decisionProblems.invalidDecision(violations));
}

function faultsOfProof({ empreinte, lu }: Assertion, ground: Ground): readonly Violation[] {
  const { retour, retourCollectivite, collectivite } = ground;
  const faults: Violation[] = [];
  if (empreinte.trim().toLowerCase() !== retour.empreinte)
    faults.push(
      fault(
        '/empreinte',
        'decision/other-bytes',
        'Ce n’est pas l’empreinte de ce retour : téléchargez-le, et recopiez l’empreinte de ce que vous avez lu.',
      ),
    );
  faults.push(...faultsOfText('/lu', lu.trim(), LU_MIN, LU_MAX));
  if (retourCollectivite !== null && retourCollectivite !== collectivite.id)
    faults.push(
      fault(
        '/deliberation',
        'decision/other-collectivite',
        'Ce retour parle d’une autre collectivité que celle de cet acte.',
      ),
    );
  return faults;
}

function faultsOfContenu(contenu: ContenuLu, ground: Ground): readonly Violation[] {
  switch (contenu.nature) {
    case 'accuse':
    case 'accuse-annulation':
      return [
        ...faultsOfDate(contenu.dateReception, ground),
        ...faultsOfIdentifiant(contenu.identifiant, ground),
      ];
    case 'anomalie':
      return [
        ...(CODE_ANOMALIE.test(contenu.code)
          ? []
          : [
              fault(
                '/code',
                'decision/anomalie-code',
                'Le code d’une anomalie est un nombre de un à trois chiffres ; 999 quand il ne se lit pas.',
              ),
            ]),
        ...faultsOfText('/detail', contenu.detail.trim(), 1, TEXTE_MAX),
      ];
    case 'lettre':
      return [
        ...(couldPrecede(contenu.dateCourrier, ground.retour.recuLe)
          ? []
          : [
              fault(
                '/dateCourrier',
                'decision/date-after-arrival',
                afterArrival(contenu.dateCourrier, ground),
              ),
            ]),
        ...(contenu.texte === null ? [] : faultsOfText('/texte', contenu.texte.trim(), 1, TEXTE_MAX)),
      ];
    case 'information':
      return [];
  }
}

/** Un accusé ne précède pas ce qu'il accuse, et n'en sait pas plus long que le jour où il nous est parvenu. */
function faultsOfDate(date: CivilDate, ground: Ground): readonly Violation[] {
  const since = couldLeaveSince(ground.transmission, ground.sent);
  if (!couldPrecede(date, ground.retour.recuLe))
    return [fault('/dateReception', 'decision/date-after-arrival', afterArrival(date, ground))];
  if (since === null || couldFollow(date, since)) return [];
  const jour = frenchDate(civilDateAt(since, ground.collectivite.fuseau));
  return [
    fault(
      '/dateReception',
      'decision/date-before-sending',
      `L’acte n’est parti que le ${jour} : un accusé du ${frenchDate(date)} parle d’un autre envoi. Demandez la date à la préfecture.`,
    ),
  ];
}

function afterArrival(date: CivilDate, { retour, collectivite }: Ground): string {
  const fuseau: TimeZone = collectivite.fuseau;
  return `Ce retour est arrivé le ${frenchDate(civilDateAt(retour.recuLe, fuseau))} : il ne peut pas être du ${frenchDate(date)}. Demandez la vraie date à la préfecture.`;
}

/** Un numéro mal écrit se rattache quand même, c'est pour cela qu'une personne lit ; une autre commune, jamais. */
function faultsOfIdentifiant(identifiant: string | null, { collectivite }: Ground): readonly Violation[] {
  if (identifiant === null) return [];
  const text = faultsOfText('/identifiant', identifiant.trim(), 1, 100);
  const dit = acteOfIdentifiant(identifiant.trim());
  if (text.length > 0 || !dit || dit.siren === collectivite.siren) return text;
  return [
    fault(
      '/identifiant',
      'decision/other-collectivite',
      `Cet identifiant est d’une autre collectivité (SIREN ${dit.siren}) que l’acte que vous nommez.`,
    ),
  ];
}

function faultsOfText(pointer: string, text: string, min: number, max: number): readonly Violation[] {
  if (text.length < min || text.length > max)
    return [
      fault(
        pointer,
        'decision/text-length',
        `${min} à ${max} caractères ; celui-ci en compte ${text.length}.`,
      ),
    ];
  return checkTexteXml(text).map(({ detail }) => fault(pointer, 'dossier/character-refused', detail));
}

function fault(pointer: string, code: string, detail: string): Violation {
  return { pointer, code, detail };
}

/** Dit si la table de l'acte admet ce que la personne a lu ; sinon, quoi faire. */
export function checkApplicable(contenu: ContenuLu, ground: Ground): Result<void> {
  const { transmission, sent } = ground;
  const { state, flux } = transmission;
  const refused = (detail: string): Result<void> =>
    refuse(decisionProblems.decisionNotApplicable(detail, state));
  switch (contenu.nature) {
    case 'accuse':
    case 'accuse-annulation': {
      if (accuseFluxOf(flux) === null) return refused(neverAcknowledged(transmission));
      if (!advanceTransmission(state, 'ar-received', flux).ok)
        return refused(
          contenu.nature === 'accuse'
            ? accuseRefused(transmission, contenu.dateReception)
            : annulationRefused(transmission),
        );
      return couldLeaveSince(transmission, sent) === null ? refused(neverSent(transmission)) : ok(undefined);
    }
    case 'anomalie':
      return advanceTransmission(state, 'anomalie-received', flux).ok
        ? ok(undefined)
        : refused(anomalieRefused(transmission));
    case 'lettre':
    case 'information':
      return transmission.deliberationId === null ? refused(lettreWithoutActe()) : ok(undefined);
  }
}
