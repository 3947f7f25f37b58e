import type { Problem, Result, Violation } from '@teletransmission/kernel';
import type { EmetteurCollectivite, EnveloppeAller, FichierSigne } from '../messages/messages';
import { XML_UNFAITHFUL } from '../messages/reread';
import type { PieceDepot } from './depot-acte';

/** L'enveloppe d'un seul formulaire ; les adresses de retour en double y sont réduites à une. */
export function enveloppeOf(
  collectivite: EmetteurCollectivite & { readonly adressesRetour: readonly string[] },
  nomFichier: string,
): EnveloppeAller {
  const { adressesRetour, ...emetteur } = collectivite;
  const seen = new Map(adressesRetour.map((adresse) => [adresse.toLowerCase(), adresse]));
  return { emetteur, adressesRetour: [...seen.values()], formulaires: [{ nomFichier }] };
}

/** Un document sous son nom, avec sa signature s'il en a une. */
export function fichierSigneOf(nomFichier: string, { signature }: PieceDepot): FichierSigne {
  return { nomFichier, ...(signature === undefined ? {} : { signature }) };
}

/** Le refus d'un envoi. Un XML qui ne se relit pas comme il a été confié n'est pas une faute du dépôt : il se dit tel quel. */
export function refusalOf(
  written: readonly Result<Uint8Array>[],
  faults: readonly Violation[] = [],
): Problem {
  const problems = written.flatMap((one) => (one.ok ? [] : [one.problem]));
  const unfaithful = problems.find(({ code }) => code === XML_UNFAITHFUL);
  if (unfaithful) return unfaithful;
  const violations = [...faults, ...problems.flatMap((problem) => problem.violations ?? [])];
  return {
    code: 'depot/invalid',
    detail: `Le dépôt ne peut pas être composé : ${violations.map(({ detail }) => detail).join(' ')}`,
    violations,
  };
}
