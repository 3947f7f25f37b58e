import { checkTexteXml } from '@teletransmission/actes';
import type { Violation } from '@teletransmission/kernel';
import { unknownFields } from '@teletransmission/kernel';
import { COUNT_MAX, FIELD_MAX_LENGTH } from './forme';

/**
 * Lit un dossier reçu sans lui faire confiance et note chaque faute à sa place, sans s'arrêter à la première :
 * l'agent corrige tout en une fois. Les pointeurs sont ceux de la RFC 6901. Ce qui est trop long ou trop nombreux se refuse avant
 * d'être parcouru : ni le temps ni la réponse ne croissent avec ce qu'on envoie.
 */
export class DossierReader {
  readonly violations: Violation[] = [];

  note(pointer: string, code: string, detail: string): void {
    this.violations.push({ pointer, code, detail });
  }

  /** @returns l'objet, dont seuls les champs annoncés se lisent : en lire un autre ne compile pas. */
  object<const Nom extends string>(
    value: unknown,
    pointer: string,
    fields: readonly Nom[],
  ): Readonly<Record<Nom, unknown>> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.note(pointer, 'dossier/not-an-object', 'Un objet JSON est attendu ici.');
      return undefined;
    }
    const known: readonly string[] = fields;
    const unknown = Object.keys(value).filter((key) => !known.includes(key));
    const detail = `Champ inconnu. Champs attendus : ${fields.join(', ')}.`;
    this.violations.push(...unknownFields(unknown, pointer, () => detail));
    return value as Readonly<Record<Nom, unknown>>;
  }

  /**
   * Un texte dont chaque caractère peut être transmis tel quel : on le refuse ici, plutôt que d'arrêter l'acte plus tard.
   * @param maxLength en unités UTF-16 ; au-delà, le texte n'est pas lu.
   */
  text(value: unknown, pointer: string, label: string, maxLength = FIELD_MAX_LENGTH): string | undefined {
    const text = this.filled(value, pointer, label, maxLength);
    if (text === undefined) return undefined;
    const [refused] = checkTexteXml(text);
    if (!refused) return text;
    this.note(pointer, 'dossier/character-refused', refused.detail);
    return undefined;
  }

  /** Un texte non vide, dont l'appelant juge lui-même les caractères. @param maxLength comme `text` */
  filled(value: unknown, pointer: string, label: string, maxLength = FIELD_MAX_LENGTH): string | undefined {
    if (typeof value === 'string' && value.length > maxLength) {
      const detail = `${label} compte ${value.length} caractères ; ${maxLength} au plus.`;
      this.note(pointer, 'dossier/too-long', detail);
      return undefined;
    }
    if (typeof value === 'string' && value.trim() !== '') return value;
    const detail = value === undefined ? `${label} manque.` : `${label} doit être un texte non vide.`;
    this.note(pointer, value === undefined ? 'dossier/missing' : 'dossier/not-a-text', detail);
    return undefined;
  }

  count(value: unknown, pointer: string, label: string): number | undefined {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= COUNT_MAX)
      return value;
    const detail =
      value === undefined ? `${label} manque.` : `${label} doit être un nombre entier de 0 à ${COUNT_MAX}.`;
    this.note(pointer, value === undefined ? 'dossier/missing' : 'dossier/not-a-count', detail);
    return undefined;
  }

  flag(value: unknown, pointer: string, label: string): boolean {
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    this.note(pointer, 'dossier/not-a-boolean', `${label} doit être vrai ou faux (true, false).`);
    return false;
  }

  /** @returns les `max` premiers éléments : ceux de trop se disent d'une faute, et ne se lisent pas. */
  list(value: unknown, pointer: string, max: number): readonly unknown[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.note(pointer, 'dossier/not-a-list', 'Une liste est attendue ici.');
      return [];
    }
    if (value.length <= max) return value;
    this.note(pointer, 'dossier/too-many', `Cette liste compte ${value.length} éléments ; ${max} au plus.`);
    return value.slice(0, max);
  }
}
