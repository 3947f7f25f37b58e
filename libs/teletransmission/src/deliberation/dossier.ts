import { checkTexteXml } from '@teletransmission/actes';
import type { Violation } from '@teletransmission/kernel';

/**
 * Lit un dossier reçu sans lui faire confiance et note chaque faute à sa place, sans s'arrêter à la première :
 * l'agent corrige tout en une fois. Les pointeurs sont ceux de la RFC 6901.
 */
export class DossierReader {
  readonly violations: Violation[] = [];

  note(pointer: string, code: string, detail: string): void {
    this.violations.push({ pointer, code, detail });
  }

  object(
    value: unknown,
    pointer: string,
    fields: readonly string[],
  ): Readonly<Record<string, unknown>> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.note(pointer, 'dossier/not-an-object', 'Un objet JSON est attendu ici.');
      return undefined;
    }
    for (const key of Object.keys(value)) {
      if (fields.includes(key)) continue;
      this.note(
        `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        'dossier/unknown-field',
        `Champ inconnu. Champs attendus : ${fields.join(', ')}.`,
      );
    }
    return value as Readonly<Record<string, unknown>>;
  }

  /** Un texte dont chaque caractère peut être transmis tel quel : on le refuse ici, plutôt que d'arrêter l'acte plus tard. */
  text(value: unknown, pointer: string, label: string): string | undefined {
    const text = this.filled(value, pointer, label);
    if (text === undefined) return undefined;
    const [refused] = checkTexteXml(text);
    if (!refused) return text;
    this.note(pointer, 'dossier/character-refused', refused.detail);
    return undefined;
  }

  /** Un texte non vide, dont l'appelant juge lui-même les caractères. */
  filled(value: unknown, pointer: string, label: string): string | undefined {
    if (typeof value === 'string' && value.trim() !== '') return value;
    const detail = value === undefined ? `${label} manque.` : `${label} doit être un texte non vide.`;
    this.note(pointer, value === undefined ? 'dossier/missing' : 'dossier/not-a-text', detail);
    return undefined;
  }

  count(value: unknown, pointer: string, label: string): number | undefined {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9999) return value;
    const detail =
      value === undefined ? `${label} manque.` : `${label} doit être un nombre entier de 0 à 9999.`;
    this.note(pointer, value === undefined ? 'dossier/missing' : 'dossier/not-a-count', detail);
    return undefined;
  }

  flag(value: unknown, pointer: string, label: string): boolean {
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    this.note(pointer, 'dossier/not-a-boolean', `${label} doit être vrai ou faux (true, false).`);
    return false;
  }

  list(value: unknown, pointer: string): readonly unknown[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.note(pointer, 'dossier/not-a-list', 'Une liste est attendue ici.');
    return [];
  }
}
