const TEXT = />[^<]+</g;

/**
 * Rend insécables les espaces que la typographie française demande, dans le texte seulement : une ligne ne commence
 * alors ni par « ? » ni par un guillemet fermant. Les balises et leurs attributs ne changent pas.
 */
export function frenchSpaces(html: string): string {
  return html.replace(TEXT, (text) => text.replace(/ (?=[?!;:»])/g, '\u00a0').replace(/« /g, '«\u00a0'));
}
