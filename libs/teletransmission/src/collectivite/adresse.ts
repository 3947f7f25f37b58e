import type { IdentifiantActe } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';

/** Au-delà, les navigateurs et les serveurs ne s'entendent plus. */
export const ADRESSE_MAX = 2000;
/** Ce qui laisse à l'identifiant de l'acte la place d'entrer dans l'adresse. */
export const MODELE_ADRESSE_MAX = 1900;

/** La place de l'identifiant de l'acte dans le modèle d'adresse d'une collectivité. */
const IDENTIFIANT = '{identifiant}';

/** Vrai pour une adresse `http` ou `https` entière, sans espace ni caractère de contrôle, de 2000 caractères au plus. */
export function isAdressePublique(text: string): boolean {
  return text.length <= ADRESSE_MAX && /^https?:\/\/[!-~\u00a1-\uffff]+$/i.test(text) && URL.canParse(text);
}

/**
 * Lit le modèle qui donne l'adresse de chaque acte sur le site de la collectivité : `https://commune.example/actes/{identifiant}`.
 * @returns le refus `publication/address-template` quand l'identifiant n'y a pas sa place, ou que ce n'est pas une adresse.
 */
export function parseModeleAdresse(text: string): Result<string> {
  const isTemplate = text.includes(IDENTIFIANT) && text.length <= MODELE_ADRESSE_MAX;
  if (isTemplate && !/[{}]/.test(text.replaceAll(IDENTIFIANT, '')) && isAdressePublique(fill(text, 'x')))
    return ok(text);
  return refuse({
    code: 'publication/address-template',
    detail: `L'adresse des actes est une adresse http ou https, de ${MODELE_ADRESSE_MAX} caractères au plus, où « ${IDENTIFIANT} » tient la place de l'acte : https://commune.example/actes/${IDENTIFIANT}.`,
  });
}

/** L'adresse où cet acte se lit, d'après le modèle de sa collectivité. */
export function adresseOf(modele: string, identifiantActe: IdentifiantActe): string {
  return fill(modele, encodeURIComponent(identifiantActe));
}

function fill(modele: string, text: string): string {
  return modele.replaceAll(IDENTIFIANT, () => text);
}
