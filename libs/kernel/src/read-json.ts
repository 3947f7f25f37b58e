import { decodeUtf8 } from './decode-utf8';
import type { JsonText } from './json-text';
import { readJsonText } from './json-text';
import type { Result } from './result';
import { ok, refuse } from './result';

/**
 * Lit du JSON venu d'ailleurs : UTF-8 strict (avec ou sans marque d'ordre), 64 niveaux au plus, aucun champ répété, aucun texte abîmé.
 * @param quoi ce qu'on lit, qui commence la phrase du refus : « Le fichier … », « Le corps de la demande »
 * @param valuesMax ce qu'on en lit de valeurs au plus, pour qui ne choisit pas qui lui écrit
 * @returns la valeur, ou le refus `texte/not-utf8`, `json/malformed` ou `json/too-deep` (`facts.ligne`, `facts.colonne`),
 * `json/too-many-values`, ou `json/refused-content` avec ses violations.
 * @example readJson(await readFile('dossier.json'), 'Le fichier « dossier.json »')
 */
export function readJson(bytes: Uint8Array, quoi: string, valuesMax = Infinity): Result<unknown> {
  const read = parseJson(bytes, quoi, valuesMax);
  if (!read.ok) return read;
  const { value, violations } = read;
  if (violations.length === 0) return ok(value);
  const detail = `${quoi} se lit, mais ne peut pas être pris tel quel : ${violations.length === 1 ? 'une faute est' : 'des fautes sont'} à corriger.`;
  return refuse({ code: 'json/refused-content', detail, violations });
}

/**
 * La même lecture, indulgente sur le contenu : pour ce qu'un partenaire envoie, où un seul texte abîmé ne doit pas faire perdre le reste.
 * @returns la valeur et ce qu'il y a à en redire, ou le refus de l'encodage ou de la forme.
 */
export function parseJson(bytes: Uint8Array, quoi: string, valuesMax = Infinity): JsonText {
  const decoded = decodeUtf8(bytes, quoi);
  return decoded.ok ? readJsonText(decoded.value, quoi, valuesMax) : decoded;
}
