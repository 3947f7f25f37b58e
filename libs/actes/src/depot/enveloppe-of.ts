import type { Problem, Result, Violation } from '@teletransmission/kernel';
import type { EmetteurCollectivite, EnveloppeAller, FichierSigne } from '../messages/messages';
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

export function violationsOf(written: Result<Uint8Array>): readonly Violation[] {
  return written.ok ? [] : (written.problem.violations ?? []);
}

export function invalid(violations: readonly Violation[]): Problem {
  return {
    code: 'depot/invalid',
    detail: `Le dépôt ne peut pas être composé : ${violations.map(({ detail }) => detail).join(' ')}`,
    violations,
  };
}
