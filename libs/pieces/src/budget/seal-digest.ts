import { createHash } from 'node:crypto';
import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';

type Scope = Readonly<Record<string, string>>;

interface OpenElement {
  readonly name: string;
  /** Les espaces de noms en vigueur, par préfixe ; le préfixe vide est celui par défaut. */
  readonly scope: Scope;
  readonly isSeal: boolean;
  hasChildren: boolean;
  text: string;
}

const INDENT = 3;
const NON_BLANK = /[^ \t\r\n]/;
const OUTSIDE: Scope = { '': '' };
const ORDER = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * L'empreinte d'un document budgétaire, telle que l'outil qui scelle la calcule : le document sans son sceau, indenté de trois, puis mis sous
 * forme canonique (C14N, sans commentaires). Écrite au fil de la lecture, sans tenir le document. Ce qu'elle ne sait pas refaire à
 * l'identique (du texte mêlé d'éléments, un commentaire, du CDATA, un retour à la ligne dans une valeur ou un texte) la rend inconnue.
 */
export class SealDigest {
  private readonly md5 = createHash('md5');
  private readonly sha1 = createHash('sha1');
  private readonly open: OpenElement[] = [];
  private pending = '';
  private skipsBlank = false;
  private isKnown = true;

  /** Un élément s'ouvre. @param isSeal le sceau lui-même n'entre pas dans son empreinte, ni le blanc qui le suit */
  element({ name, attributes, ns }: SaxesTagNS, isSeal: boolean): void {
    const parent = this.open.at(-1);
    this.before(parent);
    const outer = parent?.scope ?? OUTSIDE;
    const spaces = Object.keys(ns).sort(ORDER);
    this.open.push({
      name,
      scope: spaces.length === 0 ? outer : { ...outer, ...ns },
      isSeal,
      hasChildren: false,
      text: '',
    });
    if (isSeal) return;
    let written = `<${name}`;
    for (const prefix of spaces) {
      if (outer[prefix] !== ns[prefix])
        written += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped(ns[prefix] ?? '')}"`;
    }
    for (const attribute of Object.values(attributes).sort(byNamespace)) {
      if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
      if (attribute.name === 'xml:space' || /[\t\r\n]/.test(attribute.value)) this.isKnown = false;
      written += ` ${attribute.name}="${escaped(collapsed(attribute.value))}"`;
    }
    this.write(`${written}>`);
  }

  text(text: string): void {
    const current = this.open.at(-1);
    if (!current) return;
    if (!current.hasChildren) current.text += text;
    else if (NON_BLANK.test(text)) this.isKnown = false;
  }

  /** Un nœud que cette empreinte ne sait pas refaire. Hors de la racine, un commentaire n'y entre pas. */
  unknown(isComment: boolean): void {
    if (!isComment || this.open.length > 0) this.isKnown = false;
  }

  close(): void {
    const closed = this.open.pop();
    if (!closed) return;
    if (closed.isSeal) {
      this.skipsBlank = true;
      return;
    }
    if (closed.hasChildren) this.blank(this.open.length);
    else if (closed.text !== '') {
      if (/\r|[\t\n](?=[^]*[^ \t\n])|[^ \t\n][^]*[\t\n]/.test(closed.text)) this.isKnown = false;
      this.write(escapedText(collapsed(closed.text)));
    }
    this.write(`</${closed.name}>`);
  }

  /** @returns `null` quand elle n'est pas connue. */
  digest(): { readonly md5: string; readonly sha1: string } | null {
    this.flush();
    return this.isKnown ? { md5: this.md5.digest('hex'), sha1: this.sha1.digest('hex') } : null;
  }

  /** La place d'un nœud dans son parent : une ligne neuve, indentée. */
  private before(parent: OpenElement | undefined): void {
    if (!parent) return;
    if (parent.isSeal || NON_BLANK.test(parent.text)) this.isKnown = false;
    parent.hasChildren = true;
    parent.text = '';
    this.blank(this.open.length);
  }

  private blank(depth: number): void {
    if (!this.skipsBlank) this.write(`\n${' '.repeat(INDENT * depth)}`);
    this.skipsBlank = false;
  }

  private write(text: string): void {
    this.pending += text;
    if (this.pending.length > 64 * 1024) this.flush();
  }

  private flush(): void {
    const octets = Buffer.from(this.pending, 'utf8');
    this.md5.update(octets);
    this.sha1.update(octets);
    this.pending = '';
  }
}

function byNamespace(a: SaxesAttributeNS, b: SaxesAttributeNS): number {
  return ORDER(a.uri, b.uri) || ORDER(a.local, b.local);
}

/** L'indentation réduit toute suite de blancs à une espace, dans les valeurs comme dans les textes. */
function collapsed(value: string): string {
  return / [ \t\r\n]|[\t\r\n]/.test(value) ? value.replace(/[ \t\r\n]+/g, ' ') : value;
}

function escaped(value: string): string {
  return !/[&<"]/.test(value)
    ? value
    : value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

function escapedText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
