/** Un petit PDF : la marque suffit à le reconnaître, le texte en change l'empreinte. */
export function aPdf(texte = 'extrait'): Buffer {
  return Buffer.from(`%PDF-1.7\n% ${texte}\n%%EOF\n`);
}
