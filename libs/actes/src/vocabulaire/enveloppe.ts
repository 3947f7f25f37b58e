import type { Contenu, DeclarationElement } from './description';
import {
  attribut,
  choix,
  element,
  ESPACE_INSEE,
  facultatif,
  plusieurs,
  suite,
  texte,
  un,
  VIDE,
} from './description';
import { FICHIER_SIGNE } from './fichiers';
import {
  DATE_XSD,
  DEPARTEMENT_XSD,
  DEUX_CHIFFRES,
  EMAIL_XSD,
  NATURE_ANOMALIE_ENVELOPPE,
  SIREN_XSD,
  TEXTE,
  UN_CHIFFRE,
} from './types-simples';

const DEPARTEMENT = attribut('Departement', DEPARTEMENT_XSD);
const ARRONDISSEMENT = attribut('Arrondissement', UN_CHIFFRE);

/** `insee:SIREN` : le seul attribut d'un autre espace de noms. */
export const ATTRIBUT_SIREN = { espace: ESPACE_INSEE, nom: 'SIREN', type: SIREN_XSD, requis: true } as const;

export const ID_SGAR = element('IDSGAR', VIDE, [DEPARTEMENT]);
export const ID_PREF = element('IDPref', VIDE, [DEPARTEMENT]);
export const ID_SOUS_PREF = element('IDSousPref', VIDE, [DEPARTEMENT, ARRONDISSEMENT]);
export const ID_CL = element('IDCL', VIDE, [
  ATTRIBUT_SIREN,
  DEPARTEMENT,
  ARRONDISSEMENT,
  attribut('Nature', DEUX_CHIFFRES),
]);

export const REFERENT = element(
  'Referent',
  suite(
    facultatif(element('Nom', texte(TEXTE))),
    facultatif(element('Telephone', texte(TEXTE))),
    facultatif(element('Email', texte(EMAIL_XSD))),
  ),
);

export const FORMULAIRES_ENVOYES = element(
  'FormulairesEnvoyes',
  suite(plusieurs(element('Formulaire', FICHIER_SIGNE), 1)),
);

/** Type `DonneesEnveloppeCLMISILL`, commun à l'enveloppe et à son anomalie. */
const ENVELOPPE_ALLER: Contenu = suite(
  un(element('Emetteur', suite(un(ID_CL), facultatif(REFERENT)))),
  un(element('AdressesRetour', suite(plusieurs(element('Email', texte(EMAIL_XSD)), 1)))),
  un(FORMULAIRES_ENVOYES),
);

export const ENVELOPPES: readonly DeclarationElement[] = [
  element('EnveloppeCLMISILL', ENVELOPPE_ALLER),
  element(
    'EnveloppeMISILLCL',
    suite(
      un(element('Emetteur', suite(choix(ID_SGAR, ID_PREF, ID_SOUS_PREF), facultatif(REFERENT)))),
      un(FORMULAIRES_ENVOYES),
      un(element('Destinataire', VIDE, [ATTRIBUT_SIREN])),
    ),
  ),
  element(
    'AnomalieEnveloppe',
    suite(
      un(element('Date', texte(DATE_XSD))),
      un(element('Nature', texte(NATURE_ANOMALIE_ENVELOPPE))),
      facultatif(element('Detail', texte(TEXTE))),
      un(element('EnveloppeRecue', ENVELOPPE_ALLER)),
    ),
  ),
];
