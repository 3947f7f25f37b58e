import type { Result } from '@teletransmission/kernel';
import type { ElementAEcrire } from '../xml/write-xml';
import { el, writeXml } from '../xml/write-xml';
import { composeFichier } from './compose-acte';
import { anomalieAttendue, enveloppeAttendue, enveloppeRetourAttendue } from './message-attendu';
import type {
  AnomalieEnveloppe,
  EmetteurService,
  EnveloppeAller,
  EnveloppeRetour,
  FichierSigne,
  Referent,
} from './messages';
import { reread } from './reread';

/**
 * Écrit une enveloppe, dans un sens ou dans l'autre : celle qui a un `destinataire` vient de l'État. Un référent dont rien
 * n'est renseigné est omis.
 * @returns les octets ISO-8859-1, ou le refus `xml/not-writable` dont les violations disent toutes les fautes.
 */
export function writeEnveloppe(enveloppe: EnveloppeAller | EnveloppeRetour): Result<Uint8Array> {
  if (!('destinataire' in enveloppe)) {
    const written = writeXml(el('EnveloppeCLMISILL', composeAller(enveloppe)));
    return reread(written, { type: 'enveloppe-aller', message: enveloppeAttendue(enveloppe) });
  }
  const { emetteur, formulaires, destinataire } = enveloppe;
  const written = writeXml(
    el('EnveloppeMISILLCL', [
      el('Emetteur', [composeService(emetteur), ...composeReferent(emetteur.referent)]),
      composeFormulaires(formulaires),
      el('Destinataire', [], [['insee:SIREN', destinataire]]),
    ]),
  );
  return reread(written, { type: 'enveloppe-retour', message: enveloppeRetourAttendue(enveloppe) });
}

/**
 * Écrit le rejet d'une enveloppe entière.
 * @returns les octets ISO-8859-1, ou le refus `xml/not-writable`.
 */
export function writeAnomalieEnveloppe(anomalie: AnomalieEnveloppe): Result<Uint8Array> {
  const written = writeXml(
    el('AnomalieEnveloppe', [
      el('Date', anomalie.date),
      el('Nature', anomalie.nature),
      ...(anomalie.detail === undefined ? [] : [el('Detail', anomalie.detail)]),
      el('EnveloppeRecue', composeAller(anomalie.enveloppeRecue)),
    ]),
  );
  return reread(written, { type: 'anomalie-enveloppe', message: anomalieAttendue(anomalie) });
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
