/** Ce que l'analyseur reproche à un XML mal formé : la forme de son message, et la nôtre. `$1` reprend le nom qu'il cite. */
const RAISONS: readonly (readonly [RegExp, string])[] = [
  [/^unclosed tag: (.+)$/, 'l’élément « $1 » n’est jamais refermé'],
  [/^unmatched closing tag: (.+)\.$/, '« </$1> » referme un élément qui n’est pas ouvert'],
  [/^unexpected close tag\.$/, 'une balise fermante n’est pas celle qu’on attend'],
  [/^weird empty close tag\.$/, 'une balise fermante n’a pas de nom'],
  [/^duplicate attribute: (.+)\.$/, 'l’attribut « $1 » est donné deux fois'],
  [/^unbound namespace prefix: "?(.+?)"?\.$/, 'le préfixe « $1 » n’est lié à aucun espace de noms'],
  [/^malformed name: (.+)\.$/, '« $1 » n’est pas un nom XML'],
  [/entity/, 'une référence « &…; » est mal écrite ou inconnue'],
  [/^documents may contain only one root\.$/, 'il y a plus d’un élément racine'],
  [/^document must contain a root element\.$/, 'il n’y a pas d’élément racine complet'],
  [/^text data outside of root node\.$/, 'du texte se trouve hors de l’élément racine'],
  [/^unexpected end\.$/, 'le fichier s’arrête au milieu d’un élément'],
  [/comment/, 'un commentaire est mal écrit'],
  [/processing instruction/i, 'une instruction de traitement est mal écrite ou mal placée'],
  [/declaration|version|encoding|standalone|expected (one of|the name)/i, 'la déclaration XML est fausse'],
  [/attribute|quoted|value|whitespace/, 'un attribut est mal écrit'],
  [/tag/, 'une balise est mal écrite'],
  [/disallowed/, 'un caractère interdit en XML s’y trouve'],
];

/** La raison en français d'un refus de l'analyseur, sans sa position. Une raison qu'on ne connaît pas reste générale. */
export function raisonMalFormee(message: string): string {
  const reason = message.replace(/^(?:[^:]*:)?\d+:\d+: /, '');
  for (const [form, raison] of RAISONS) {
    const found = form.exec(reason);
    if (found) return raison.replace('$1', found[1] ?? '');
  }
  return 'la syntaxe XML n’y est pas respectée';
}
