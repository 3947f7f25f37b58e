import { findMatiere } from '../nomenclature/matieres';
import { ESPACE_ACTES } from '../vocabulaire/description';
import { reduceSpaces } from '../vocabulaire/types-simples';
import type { Noeud } from './noeud';
import { attributOf, enfantOf, enfantsOf } from './noeud';

interface FauteRegle {
  readonly regle: string;
  readonly detail: string;
}

type RegleElement = (noeud: Noeud) => readonly FauteRegle[];

const objet: RegleElement = ({ texte }) => {
  if (texte.trim() === '')
    return [{ regle: 'regle/objet-vide', detail: "L'objet de l'acte est vide : résumez la décision." }];
  if (/[\n\r\t]/.test(texte)) {
    return [
      {
        regle: 'regle/objet-une-ligne',
        detail: "L'objet tient sur plusieurs lignes : mettez-le sur une seule.",
      },
    ];
  }
  return [];
};

const annexes: RegleElement = (noeud) => {
  const nombre = attributOf(noeud, 'Nombre', ESPACE_ACTES);
  const actual = enfantsOf(noeud, 'Annexe').length;
  if (nombre === undefined || Number(nombre) === actual) return [];
  return [
    {
      regle: 'regle/annexes-nombre',
      detail: `actes:Nombre annonce ${reduceSpaces(nombre)} annexe(s), le message en nomme ${actual} : les deux doivent être égaux.`,
    },
  ];
};

const documentPapier: RegleElement = ({ texte }) =>
  texte === 'O' || texte === 'N'
    ? []
    : [
        {
          regle: 'regle/document-papier',
          detail: `DocumentPapier vaut « ${texte} » : écrivez O (le papier suit par la poste) ou N.`,
        },
      ];

const nomFichier: RegleElement = ({ texte }) => {
  if (texte.trim() === '') return [{ regle: 'regle/nom-fichier', detail: 'Le nom du fichier est vide.' }];
  if (/[/\\]/.test(texte)) {
    return [
      { regle: 'regle/nom-fichier', detail: `« ${texte} » contient un chemin : le nom seul est attendu.` },
    ];
  }
  return texte === texte.trim()
    ? []
    : [{ regle: 'regle/nom-fichier', detail: `« ${texte} » est entouré d'espaces.` }];
};

const adressesRetour: RegleElement = (noeud) => {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { texte } of enfantsOf(noeud, 'Email')) {
    const address = texte.toLowerCase();
    (seen.has(address) ? twice : seen).add(address);
  }
  return [...twice].map((address) => ({
    regle: 'regle/adresse-en-double',
    detail: `L'adresse de retour ${address} figure deux fois : chaque réponse y arriverait deux fois.`,
  }));
};

/** Les rangs présents ne sautent pas de niveau, et les deux premiers sont dans la nomenclature nationale. */
const acte: RegleElement = (noeud) => {
  const rangs = [1, 2, 3, 4, 5].map((rang) => enfantOf(noeud, `CodeMatiere${rang}`));
  const niveaux = rangs.map((rang) => (rang ? attributOf(rang, 'CodeMatiere', ESPACE_ACTES) : undefined));
  const fautes: FauteRegle[] = [];
  const present = niveaux.filter((niveau) => niveau !== undefined);
  const depth = niveaux.findLastIndex((niveau) => niveau !== undefined) + 1;
  if (present.length < depth && rangs[0] && rangs[1]) {
    fautes.push({
      regle: 'regle/matiere-trou',
      detail: 'La matière saute un niveau : chaque niveau veut le précédent.',
    });
  }
  if (present.length > 1 && niveaux[0] !== undefined && niveaux[1] !== undefined) {
    const code = present.map((niveau) => reduceSpaces(niveau));
    if (!findMatiere(code.map(Number))) {
      fautes.push({
        regle: 'regle/matiere',
        detail: `La matière ${code.join('.')} n'est pas dans la nomenclature nationale.`,
      });
    }
  }
  return fautes.concat(twiceNamed(noeud));
};

/** Deux documents du même nom : l'un écraserait l'autre. */
function twiceNamed(noeud: Noeud): readonly FauteRegle[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  const visit = (current: Noeud): void => {
    if (current.local === 'NomFichier') (seen.has(current.texte) ? twice : seen).add(current.texte);
    current.enfants.forEach(visit);
  };
  visit(noeud);
  return [...twice].map((nom) => ({
    regle: 'regle/fichier-en-double',
    detail: `Le fichier « ${nom} » est nommé deux fois.`,
  }));
}

const REGLES: Readonly<Record<string, RegleElement>> = {
  Objet: objet,
  Annexes: annexes,
  DocumentPapier: documentPapier,
  NomFichier: nomFichier,
  AdressesRetour: adressesRetour,
  Acte: acte,
  ActeRecu: acte,
  Documents: twiceNamed,
  PiecesJointes: twiceNamed,
  FormulairesEnvoyes: twiceNamed,
};

/** Par nom local d'élément. Une `Map`, parce que le nom vient d'un inconnu : `constructor` n'y trouve rien. */
export const REGLES_ELEMENT: ReadonlyMap<string, RegleElement> = new Map(Object.entries(REGLES));
