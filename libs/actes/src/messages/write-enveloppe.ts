import type { Result } from '@teletransmission/kernel';
import type { ElementAEcrire } from '../xml/write-xml';
import { el, writeXml } from '../xml/write-xml';
import { composeFichier } from './compose-acte';
import type {
  AnomalieEnveloppe,
  EmetteurService,
  EnveloppeAller,
  EnveloppeRetour,
  FichierSigne,
  Referent,
} from './messages';

/**
 * Écrit une enveloppe, dans un sens ou dans l'autre : celle qui a un `destinataire` vient de l'État. Un référent dont rien
 * n'est renseigné est omis.
 * @returns les octets ISO-8859-1, ou le refus `xml/not-writable` dont les violations disent toutes les fautes.
 */
export function writeEnveloppe(enveloppe: EnveloppeAller | EnveloppeRetour): Result<Uint8Array> {
  if (!('destinataire' in enveloppe)) return writeXml(el('EnveloppeCLMISILL', composeAller(enveloppe)));
  const { emetteur, formulaires, destinataire } = enveloppe;
  return writeXml(
    el('EnveloppeMISILLCL', [
      el('Emetteur', [composeService(emetteur), ...composeReferent(emetteur.referent)]),
      composeFormulaires(formulaires),
      el('Destinataire', [], [['insee:SIREN', destinataire]]),
    ]),
  );
}

/**
 * Écrit le rejet d'une enveloppe entière.
 * @returns les octets ISO-8859-1, ou le refus `xml/not-writable`.
 */
export function writeAnomalieEnveloppe(anomalie: AnomalieEnveloppe): Result<Uint8Array> {
  return writeXml(
    el('AnomalieEnveloppe', [
      el('Date', anomalie.date),
      el('Nature', anomalie.nature),
      ...(anomalie.detail === undefined ? [] : [el('Detail', anomalie.detail)]),
      el('EnveloppeRecue', composeAller(anomalie.enveloppeRecue)),
    ]),
  );
}

function composeAller({ emetteur, adressesRetour, formulaires }: EnveloppeAller): readonly ElementAEcrire[] {
  const idcl = el(
    'IDCL',
    [],
    [
      ['insee:SIREN', emetteur.siren],
      ['actes:Departement', emetteur.departement],
      ['actes:Arrondissement', emetteur.arrondissement],
      ['actes:Nature', emetteur.natureCollectivite],
    ],
  );
  return [
    el('Emetteur', [idcl, ...composeReferent(emetteur.referent)]),
    el(
      'AdressesRetour',
      adressesRetour.map((adresse) => el('Email', adresse)),
    ),
    composeFormulaires(formulaires),
  ];
}

function composeFormulaires(formulaires: readonly FichierSigne[]): ElementAEcrire {
  return el(
    'FormulairesEnvoyes',
    formulaires.map((formulaire) => composeFichier('Formulaire', formulaire)),
  );
}

function composeReferent(referent: Referent | undefined): readonly ElementAEcrire[] {
  if (!referent) return [];
  const fields = [
    ['Nom', referent.nom],
    ['Telephone', referent.telephone],
    ['Email', referent.email],
  ] as const;
  const filled = fields.flatMap(([nom, value]) =>
    value === undefined || value === '' ? [] : [el(nom, value)],
  );
  return filled.length === 0 ? [] : [el('Referent', filled)];
}

function composeService(emetteur: EmetteurService): ElementAEcrire {
  const departement = ['actes:Departement', emetteur.departement] as const;
  if (emetteur.service !== 'SPREF')
    return el(emetteur.service === 'SGAR' ? 'IDSGAR' : 'IDPref', [], [departement]);
  return el('IDSousPref', [], [departement, ['actes:Arrondissement', emetteur.arrondissement]]);
}
