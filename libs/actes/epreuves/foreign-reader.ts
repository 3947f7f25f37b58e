import type { ParseOption as ParseOptionType } from 'libxml2-wasm';
import { ESPACE_ACTES, ESPACE_INSEE } from '../src/vocabulaire/description';

/** Ce qu'un autre lecteur que le nôtre lit de ces octets : le texte de chaque nœud que ce chemin désigne. */
export type ForeignReader = (bytes: Uint8Array, xpath: string) => readonly string[];

/** Lit avec libxml2, qui ne partage rien ni avec notre rédacteur, ni avec notre lecteur, et ne devine aucun encodage. */
export async function loadForeignReader(): Promise<ForeignReader> {
  const { ParseOption, XmlDocument } = await import('libxml2-wasm');
  // Les drapeaux se combinent, ce que le type de la bibliothèque ne sait pas dire.
  const option = (ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET) as ParseOptionType;
  return (bytes, xpath) => {
    const document = XmlDocument.fromBuffer(bytes, { option });
    try {
      // Un signe devant : la bibliothèque ôte U+FEFF en tête de ce qu'elle rend, ce que libxml2 ne fait pas.
      return document.find(xpath, { actes: ESPACE_ACTES, insee: ESPACE_INSEE }).map((node) => {
        const texte = node.eval("concat('.', string(.))");
        return typeof texte === 'string' ? texte.slice(1) : '';
      });
    } finally {
      document.dispose();
    }
  };
}
