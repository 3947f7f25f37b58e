import { damageOf } from './damaged-text';
import type { Problem, Violation } from './result';
import { positionAt } from './text-position';

/** Personne n'emboîte davantage, et qui parcourt ensuite la valeur n'a pas à craindre pour sa pile. */
const DEPTH_MAX = 64;
/** Fautes dites, caractères montrés : un refus n'enfle pas avec ce qu'il refuse. */
const FAULTS_MAX = 20;
const SHOWN_MAX = 60;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORD = /[^\s,:[\]{}"]{1,20}|[^]/uy;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Interrompt la lecture, qui n'a pas d'autre frein. Ne sort jamais de ce fichier. */
class Arret extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

type Open =
  | { readonly kind: 'object'; readonly value: Record<string, unknown>; key: string }
  | { readonly kind: 'list'; readonly value: unknown[] };

/** Une valeur lue, et ce qui s'y lit mais qu'on ne peut pas prendre tel quel, à son pointeur. */
export type JsonText =
  | { readonly ok: true; readonly value: unknown; readonly violations: readonly Violation[] }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Lit un texte JSON (RFC 8259), sans récursion. Une faute de forme arrête la lecture à sa ligne et sa colonne, avec ce qui y était attendu.
 * Un champ donné deux fois, un champ `__proto__` (qui n'entre pas dans la valeur) et un texte abîmé se notent, et la lecture continue.
 * @param valuesMax ce qu'il porte de valeurs au plus, objets et listes compris : au-delà, la lecture s'arrête
 */
export function readJsonText(texte: string, quoi: string, valuesMax = Infinity): JsonText {
  const reader = new JsonTextReader(texte, quoi, valuesMax);
  try {
    return { ok: true, value: reader.read(), violations: reader.violations };
  } catch (error) {
    if (error instanceof Arret) return { ok: false, problem: error.problem };
    throw error;
  }
}

class JsonTextReader {
  readonly violations: Violation[] = [];
  private readonly open: Open[] = [];
  private at = 0;
  private values = 0;

  constructor(
    private readonly texte: string,
    private readonly quoi: string,
    private readonly valuesMax: number,
  ) {}

  read(): unknown {
    let value = this.readValue();
    for (let container = this.open.at(-1); container; container = this.open.at(-1)) {
      if (container.kind === 'list') container.value.push(value);
      else if (container.key !== '__proto__') container.value[container.key] = value;
      value = this.continues(container) ? this.readValue() : this.open.pop()?.value;
    }
    this.skipBlanks();
    if (this.at < this.texte.length) this.fail('la fin du texte');
    return value;
  }

  /** Une valeur simple, ou la première que portent les objets et listes qui s'ouvrent ici ; vides, ce sont eux la valeur. */
  private readValue(): unknown {
    for (;;) {
      this.count();
      if (this.takes('[')) {
        this.enter({ kind: 'list', value: [] });
        if (this.takes(']')) return this.open.pop()?.value;
      } else if (this.takes('{')) {
        const object: Open = { kind: 'object', value: {}, key: '' };
        this.enter(object);
        if (this.takes('}')) return this.open.pop()?.value;
        this.readKey(object);
      } else {
        return this.readSimple();
      }
    }
  }

  private count(): void {
    this.values += 1;
    if (this.values <= this.valuesMax) return;
    throw new Arret({
      code: 'json/too-many-values',
      detail: `${this.quoi} porte plus de ${this.valuesMax} valeurs : rien de ce que nous lisons n’en a autant.`,
    });
  }

  private enter(container: Open): void {
    this.open.push(container);
    if (this.open.length <= DEPTH_MAX) return;
    const { ligne, colonne } = positionAt(this.texte, this.at - 1);
    throw new Arret({
      code: 'json/too-deep',
      detail: `${this.quoi} emboîte plus de ${DEPTH_MAX} objets ou listes, à la ligne ${ligne}, colonne ${colonne}.`,
      facts: { ligne, colonne },
    });
  }

  /** Après une valeur : vrai si une autre suit dans le même objet ou la même liste, faux s'il se ferme. */
  private continues(container: Open): boolean {
    const closing = container.kind === 'list' ? ']' : '}';
    if (this.takes(closing)) return false;
    if (!this.takes(',')) this.fail(`une virgule ou « ${closing} »`);
    if (container.kind === 'object') this.readKey(container);
    return true;
  }

  private readKey(object: Open & { readonly kind: 'object' }): void {
    this.skipBlanks();
    if (this.texte[this.at] !== '"') this.fail('un nom de champ entre guillemets droits');
    object.key = this.readString();
    if (object.key === '__proto__') this.note('json/forbidden-field', 'Ce nom de champ n’est pas admis.');
    else if (Object.hasOwn(object.value, object.key))
      this.note(
        'json/repeated-field',
        'Ce champ est donné deux fois dans le même objet : n’en gardez qu’un.',
      );
    const damage = damageOf(object.key);
    if (damage !== undefined) this.note('json/damaged-text', damage);
    if (!this.takes(':')) this.fail('« : » après le nom du champ');
  }

  private readSimple(): unknown {
    this.skipBlanks();
    if (this.texte[this.at] === '"') {
      const text = this.readString();
      const damage = damageOf(text);
      if (damage !== undefined) this.note('json/damaged-text', damage);
      return text;
    }
    const number = this.match(NUMBER);
    if (number !== '') return this.finite(Number(number), number);
    const start = this.at;
    const word = this.match(WORD);
    if (WORDS.has(word)) return WORDS.get(word);
    return this.fail(
      'une valeur (texte entre guillemets droits, nombre, true, false, null, objet ou liste)',
      start,
    );
  }

  private finite(value: number, written: string): number {
    return Number.isFinite(value) ? value : this.fail('un nombre moins grand', this.at - written.length);
  }

  private readString(): string {
    const start = this.at;
    let hasEscapes = false;
    this.at += 1;
    for (;;) {
      this.skipPlain();
      const next = this.texte[this.at];
      if (next === '"') break;
      if (next === undefined) this.fail('le guillemet droit qui ferme ce texte', start);
      if (next !== '\\')
        this.fail('un guillemet droit fermant (dans un texte, une fin de ligne s’écrit « \\n »)');
      if (this.match(ESCAPE) === '')
        this.fail(
          'après « \\ », l’un de " \\ / b f n r t, ou u et quatre chiffres (« \\\\ » pour une barre)',
        );
      hasEscapes = true;
    }
    this.at += 1;
    const written = this.texte.slice(start, this.at);
    return hasEscapes ? (JSON.parse(written) as string) : written.slice(1, -1);
  }

  /** Caractère par caractère, comme les textes : une expression rationnelle à chaque pas coûterait dix fois plus sur un mébioctet. */
  private skipBlanks(): void {
    for (;;) {
      const code = this.texte.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private skipPlain(): void {
    for (;;) {
      const code = this.texte.charCodeAt(this.at);
      if (Number.isNaN(code) || code < 0x20 || code === 0x22 || code === 0x5c) return;
      this.at += 1;
    }
  }

  private match(expression: RegExp): string {
    expression.lastIndex = this.at;
    const [found] = expression.exec(this.texte) ?? [''];
    this.at += found.length;
    return found;
  }

  private takes(sign: string): boolean {
    this.skipBlanks();
    if (this.texte[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  private note(code: string, detail: string): void {
    if (this.violations.length > FAULTS_MAX) return;
    if (this.violations.length < FAULTS_MAX) this.violations.push({ pointer: this.pointer(), code, detail });
    else
      this.violations.push({
        pointer: '',
        code: 'json/other-faults',
        detail: 'D’autres fautes suivent, qui ne sont pas détaillées.',
      });
  }

  private pointer(): string {
    return this.open
      .map((container) => (container.kind === 'list' ? String(container.value.length) : container.key))
      .map((part) => `/${shown(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('');
  }

  private fail(attendu: string, at = this.at): never {
    const { ligne, colonne } = positionAt(this.texte, at);
    this.at = at;
    const found = this.match(WORD);
    const isTrailing = /^[\]}]/.test(found) && this.texte.slice(0, at).trimEnd().endsWith(',');
    const what = found === '' ? 'la fin du texte' : `« ${visible(shown(found))} »`;
    const detail = `${this.quoi} n’est pas du JSON : ligne ${ligne}, colonne ${colonne}, attendu ${attendu} ; trouvé ${what}${isTrailing ? ', après une virgule de trop' : ''}.`;
    throw new Arret({ code: 'json/malformed', detail, facts: { ligne, colonne } });
  }
}

function shown(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

/** Un caractère qui ne se voit pas se dit par son code. */
function visible(text: string): string {
  return text.replace(
    /[\p{C}\p{Z}]/gu,
    (sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
