import type { Dossier } from '../dossier/dossier';
import { acteElement, ACTES, childNamed, descendantsNamed, textOf } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';

const EMAIL = /^[_a-zA-Z0-9-]+(\.[_a-zA-Z0-9-]+)*@([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,6}$/;
/** Mis à la place d'une adresse illisible : le schéma en exige une. */
const ADRESSE_INCONNUE = 'adresse-inconnue@simulateur.test';

const orElse = (texte: string, forme: RegExp, defaut: string): string => (forme.test(texte) ? texte : defaut);

/**
 * L'enveloppe reçue, répétée dans l'anomalie qui la rejette. Valide, elle est recopiée telle quelle ; illisible, on en
 * rend ce qui se lit, et le nom de l'archive dit encore le SIREN : l'anomalie doit rester valide.
 */
export function repeatEnveloppe(dossier: Dossier): XmlElement {
  const { enveloppe, emetteur, nomLu, formulaires } = dossier;
  const racine = enveloppe?.kind === 'read' ? enveloppe.racine : undefined;
  if (
    racine &&
    enveloppe?.kind === 'read' &&
    enveloppe.fautes.length === 0 &&
    racine.nom === 'EnveloppeCLMISILL'
  ) {
    return { espace: ACTES, nom: 'EnveloppeRecue', attributs: [], enfants: racine.enfants };
  }
  const adresses = descendantsNamed(childNamed(racine, 'AdressesRetour'), 'Email').map(textOf);
  const lisibles = adresses.filter((adresse) => EMAIL.test(adresse));
  const noms = formulaires.map(({ nom }) => nom);
  return acteElement('EnveloppeRecue', {}, [
    acteElement('Emetteur', {}, [
      acteElement('IDCL', {
        SIREN: orElse(emetteur.siren, /^\d{9}$/, nomLu?.siren ?? '000000000'),
        Departement: orElse(emetteur.departement, /^[09][0-9][AB0-9]$/, '000'),
        Arrondissement: orElse(emetteur.arrondissement, /^\d$/, '0'),
        Nature: orElse(emetteur.nature, /^\d\d$/, '00'),
      }),
    ]),
    acteElement(
      'AdressesRetour',
      {},
      (lisibles.length > 0 ? lisibles : [ADRESSE_INCONNUE]).map((adresse) =>
        acteElement('Email', {}, [adresse]),
      ),
    ),
    acteElement(
      'FormulairesEnvoyes',
      {},
      (noms.length > 0 ? noms : ['']).map((nom) =>
        acteElement('Formulaire', {}, [acteElement('NomFichier', {}, [nom])]),
      ),
    ),
  ]);
}
