import { normalizeNatureAnomalie } from '../anomalies/explain-anomalie';
import type { Noeud } from '../xml/noeud';
import { enfantOf, enfantsOf } from '../xml/noeud';
import type { AnomalieEnveloppeLue, EnveloppeAllerLue, EnveloppeRetourLue } from './messages-lus';
import {
  attributActes,
  readFichiers,
  readJourEnfant,
  readReferent,
  readSiren,
  readTexte,
} from './read-champs';

export function readEnveloppeAller(racine: Noeud): EnveloppeAllerLue {
  const emetteur = enfantOf(racine, 'Emetteur');
  const idcl = emetteur && enfantOf(emetteur, 'IDCL');
  const adresses = enfantOf(racine, 'AdressesRetour');
  return {
    emetteur: {
      siren: idcl && readSiren(idcl),
      departement: idcl && attributActes(idcl, 'Departement'),
      arrondissement: idcl && attributActes(idcl, 'Arrondissement'),
      natureCollectivite: idcl && attributActes(idcl, 'Nature'),
      referent: readReferent(emetteur),
    },
    adressesRetour: adresses ? enfantsOf(adresses, 'Email').map(({ texte }) => texte.trim()) : [],
    formulaires: readFichiers(enfantOf(racine, 'FormulairesEnvoyes'), 'Formulaire'),
  };
}

const SERVICES = [
  ['IDSousPref', 'SPREF'],
  ['IDPref', 'PREF'],
  ['IDSGAR', 'SGAR'],
] as const;

export function readEnveloppeRetour(racine: Noeud): EnveloppeRetourLue {
  const emetteur = enfantOf(racine, 'Emetteur');
  const found = SERVICES.find(([element]) => emetteur && enfantOf(emetteur, element));
  const identite = emetteur && found ? enfantOf(emetteur, found[0]) : undefined;
  const destinataire = enfantOf(racine, 'Destinataire');
  return {
    emetteur: {
      service: found?.[1],
      departement: identite && attributActes(identite, 'Departement'),
      arrondissement: identite && attributActes(identite, 'Arrondissement'),
      referent: readReferent(emetteur),
    },
    formulaires: readFichiers(enfantOf(racine, 'FormulairesEnvoyes'), 'Formulaire'),
    destinataire: destinataire && readSiren(destinataire),
  };
}

export function readAnomalieEnveloppe(racine: Noeud): AnomalieEnveloppeLue {
  const recue = enfantOf(racine, 'EnveloppeRecue');
  return {
    date: readJourEnfant(racine, 'Date'),
    nature: normalizeNatureAnomalie(readTexte(racine, 'Nature') ?? ''),
    detail: readTexte(racine, 'Detail') ?? '',
    enveloppeRecue: recue && readEnveloppeAller(recue),
  };
}
