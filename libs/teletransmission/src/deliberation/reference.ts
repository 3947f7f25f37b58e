import type { IdentifiantActe } from '@teletransmission/actes';
import { parseIdentifiantActe, readSaisie, withoutLabel } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { isUuid } from '../ids';
import { problems } from '../problems';

/** Au-delà, ce n'est plus de quoi désigner un acte. */
const REFERENCE_MAX = 200;

/** Ce qui désigne un acte : son identité ici, son identifiant entier, son numéro exact, ou une partie de l'identifiant. */
export type ActeReference =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'identifiant'; readonly identifiant: IdentifiantActe }
  | { readonly kind: 'numero'; readonly texte: string }
  | { readonly kind: 'partie'; readonly texte: string };

/** Une référence lue, et ce qui y a été remis d'aplomb. */
export interface ReferenceLue {
  readonly reference: ActeReference;
  readonly remarques: readonly string[];
}

/** Un texte où deux écritures du même numéro se valent : capitales, et « _ », « / », « . » ou espace pour un tiret. */
export function comparableNumero(text: string): string {
  return text.toUpperCase().replace(/[_/. ]/g, '-');
}

/**
 * Lit ce qu'une personne donne pour désigner un acte : un numéro, un identifiant entier ou partiel, tel qu'un tampon ou un courriel le
 * porte, ou une identité d'ici. Ce qui n'est ni une identité ni un identifiant entier se cherche dans les identifiants.
 * @returns le refus `search/invalid` quand il n'y a rien à chercher.
 */
export function readReference(text: string): Result<ReferenceLue> {
  const trimmed = text.trim();
  const id = trimmed.toLowerCase();
  if (isUuid(id)) return ok({ reference: { kind: 'id', id }, remarques: [] });
  if (trimmed.length > REFERENCE_MAX)
    return unusable(`Une référence compte ${REFERENCE_MAX} caractères au plus.`);
  const whole = parseIdentifiantActe(trimmed);
  if (whole.ok) {
    const { identifiant, remarques } = whole.value;
    return ok({
      reference: { kind: 'identifiant', identifiant },
      remarques: identifiant === trimmed ? [] : remarques,
    });
  }
  const { texte, remarques } = readSaisie(trimmed);
  const comparable = comparableNumero(withoutLabel(texte.trim()).trim());
  if (!/[A-Z0-9]/.test(comparable) || /\p{Cc}/u.test(comparable))
    return unusable(
      'Donnez un numéro, un identifiant entier ou une partie, ou l’identité de la délibération.',
    );
  return ok({ reference: { kind: 'partie', texte: comparable }, remarques });
}

function unusable(detail: string): Result<never> {
  return refuse(problems.invalidSearch([{ pointer: '/identifiant', code: 'search/invalid', detail }]));
}
