import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces';
import { checkTexteXml } from '../texte/check-texte-xml';
import { ESPACE_ACTES, ESPACE_INSEE, ESPACE_XMLNS } from '../vocabulaire/description';
import { encodeLatin1 } from './encode';
import { validateXml } from './validate-xml';
import type { XmlViolation } from './xml-violation';

/** Un élément de l'espace ACTES à écrire : ses attributs dans l'ordre, puis du texte ou des enfants. */
export interface ElementAEcrire {
  readonly nom: string;
  readonly attributs: readonly (readonly [nom: `actes:${string}` | 'insee:SIREN', valeur: string])[];
  readonly contenu: string | readonly ElementAEcrire[];
}

/** Raccourci d'écriture d'un `ElementAEcrire`. */
export function el(
  nom: string,
  contenu: ElementAEcrire['contenu'] = [],
  attributs: ElementAEcrire['attributs'] = [],
): ElementAEcrire {
  return { nom, attributs, contenu };
}

/**
 * Écrit un document en ISO-8859-1 déclaré, préfixe `actes`, les deux espaces de noms sur la racine, puis relit ses propres
 * octets : rien ne sort qui ne soit valide.
 * @param tolerates une faute que l'appelant assume ; aucune par défaut
 * @returns les octets, ou le refus `xml/not-writable` avec toutes les fautes.
 */
export function writeXml(
  racine: ElementAEcrire,
  tolerates: (violation: XmlViolation) => boolean = () => false,
): Result<Uint8Array> {
  const characters = forbiddenCharacters(racine, `/actes:${racine.nom}`);
  if (characters.length > 0) return refuse(notWritable(racine, characters));
  const document = create({ version: '1.0', encoding: 'ISO-8859-1' });
  const top = document
    .ele(ESPACE_ACTES, `actes:${racine.nom}`)
    .att(ESPACE_XMLNS, 'xmlns:insee', ESPACE_INSEE);
  fill(top, racine);
  const bytes = encodeLatin1(`${document.end({ prettyPrint: true })}\n`);
  const violations = validateXml(bytes).filter((violation) => !tolerates(violation));
  if (violations.length === 0) return ok(bytes);
  return refuse(
    notWritable(
      racine,
      violations.map(({ chemin, regle, detail }) => ({ pointer: `/${chemin}`, code: regle, detail })),
    ),
  );
}

function fill(builder: XMLBuilder, { attributs, contenu }: ElementAEcrire): void {
  for (const [nom, valeur] of attributs) {
    builder.att(nom === 'insee:SIREN' ? ESPACE_INSEE : ESPACE_ACTES, nom, valeur);
  }
  if (typeof contenu === 'string') {
    if (contenu !== '') builder.txt(contenu);
    return;
  }
  for (const enfant of contenu) fill(builder.ele(ESPACE_ACTES, `actes:${enfant.nom}`), enfant);
}

type Violations = NonNullable<Problem['violations']>;

function notWritable(racine: ElementAEcrire, violations: Violations): Problem {
  const count = violations.length === 1 ? 'une faute' : `${violations.length} fautes`;
  return {
    code: 'xml/not-writable',
    detail: `Le message ${racine.nom} ne peut pas être écrit, ${count} : ${violations.map(({ detail }) => detail).join(' ')}`,
    violations,
  };
}

function forbiddenCharacters({ attributs, contenu }: ElementAEcrire, pointer: string): Violations {
  const inAttributs = attributs.flatMap(([nom, valeur]) => [
    ...ofText(valeur, `${pointer}/@${nom}`),
    ...severalLines(valeur, `${pointer}/@${nom}`),
  ]);
  if (typeof contenu === 'string') return [...inAttributs, ...ofText(contenu, pointer)];
  const inside = contenu.flatMap((enfant) => forbiddenCharacters(enfant, `${pointer}/actes:${enfant.nom}`));
  return [...inAttributs, ...inside];
}

function ofText(text: string, pointer: string): Violations {
  return checkTexteXml(text).map(({ detail }) => ({ pointer, code: 'xml/caractere-interdit', detail }));
}

/** Un lecteur change en espaces les fins de ligne d'un attribut : la valeur relue ne serait plus celle qu'on a écrite. */
function severalLines(text: string, pointer: string): Violations {
  if (!/[\t\n\r]/.test(text)) return [];
  return [
    {
      pointer,
      code: 'regle/attribut-une-ligne',
      detail: `${pointer} doit tenir sur une ligne, sans tabulation.`,
    },
  ];
}
