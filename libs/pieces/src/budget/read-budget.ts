import type { SaxesTagNS } from 'saxes';
import { SaxesParser } from 'saxes';
import type { ReadableContent } from '../content/readable-content';
import { decodedXml } from './decode-xml';
import { SealDigest } from './seal-digest';

/** L'espace de noms d'un document budgétaire. */
export const NAMESPACE = 'http://www.minefi.gouv.fr/cp/demat/docbudgetaire';
const DEPTH_MAX = 256;

/** Le sceau d'un document budgétaire, tel qu'il s'écrit, et ce que son recalcul en dit. */
export interface Sceau {
  readonly md5: string;
  readonly sha1: string;
  readonly date: string;
  readonly verdict: 'true' | 'false' | 'unverified';
}

/** Un XML lu jusqu'au bout. */
export type BudgetReading =
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'other-root'; readonly racine: string; readonly espace: string }
  | { readonly kind: 'budget'; readonly sceau: Sceau | null };

/** Lit un XML en flux : sa racine dit s'il est un document budgétaire ; son sceau se recalcule au passage. */
export async function readBudget(content: ReadableContent): Promise<BudgetReading> {
  const reader = new BudgetReader();
  try {
    for await (const text of decodedXml(content)) {
      reader.write(text);
      if (reader.racine !== null && !reader.isBudget) return { kind: 'other-root', ...reader.racine };
    }
    return reader.end();
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'malformed', detail: 'son encodage n’est pas connu' };
    if (error instanceof TypeError)
      return { kind: 'malformed', detail: 'ses octets ne sont pas de l’encodage qu’il déclare' };
    return { kind: 'malformed', detail: (error as Error).message };
  }
}

/** Une faute de forme. */
class MalformedXml extends Error {}

class BudgetReader {
  racine: { readonly racine: string; readonly espace: string } | null = null;
  isBudget = false;
  private sceau: Omit<Sceau, 'verdict'> | null = null;
  private depth = 0;
  private readonly digest = new SealDigest();
  private readonly parser = new SaxesParser({ xmlns: true });

  constructor() {
    const { parser, digest } = this;
    parser.on('error', () => {
      throw new MalformedXml(`la ligne ${parser.line} n’est pas du XML bien formé`);
    });
    parser.on('doctype', () => {
      throw new MalformedXml('il porte un DOCTYPE, qui n’a pas sa place ici');
    });
    parser.on('opentag', (tag) => {
      this.enter(tag);
    });
    parser.on('closetag', () => {
      this.depth -= 1;
      digest.close();
    });
    parser.on('text', (text) => {
      digest.text(text);
    });
    parser.on('comment', () => {
      digest.unknown(true);
    });
    parser.on('cdata', () => {
      digest.unknown(false);
    });
    parser.on('processinginstruction', () => {
      digest.unknown(false);
    });
  }

  write(text: string): void {
    this.parser.write(text);
  }

  end(): BudgetReading {
    this.parser.close();
    if (!this.sceau) return { kind: 'budget', sceau: null };
    const { md5, sha1 } = this.sceau;
    const computed = this.digest.digest();
    const isSame = computed?.md5 === md5.toLowerCase() && computed.sha1 === sha1.toLowerCase();
    return {
      kind: 'budget',
      sceau: { ...this.sceau, verdict: computed === null ? 'unverified' : isSame ? 'true' : 'false' },
    };
  }

  private enter(tag: SaxesTagNS): void {
    if (this.depth === 0) {
      this.racine = { racine: tag.local, espace: tag.uri };
      this.isBudget = tag.local === 'DocumentBudgetaire' && tag.uri === NAMESPACE;
    }
    const isSeal =
      this.depth === 1 && this.sceau === null && tag.local === 'Scellement' && tag.uri === NAMESPACE;
    if (isSeal) {
      const valueOf = (name: string): string => tag.attributes[name]?.value ?? '';
      this.sceau = { md5: valueOf('md5'), sha1: valueOf('sha1'), date: valueOf('date') };
    }
    this.digest.element(tag, isSeal);
    this.depth += 1;
    if (this.depth > DEPTH_MAX) throw new MalformedXml(`il a plus de ${DEPTH_MAX} niveaux`);
  }
}
