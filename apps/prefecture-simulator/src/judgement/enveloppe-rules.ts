import type { Collectivites } from '../ledger/registre';
import type { Faute, Regle } from '../dossier/anomalie';
import type { Dossier } from '../dossier/dossier';
import { FLUX_ATTENDUS } from './flux-attendus';
import { schemaFaute } from './schema-faute';

/** Une archive à juger, et les collectivités que la préfecture connaît. */
export interface EnveloppeAJuger {
  readonly dossier: Dossier;
  readonly collectivites: Collectivites;
}

/** Les flux qu'une collectivité peut envoyer (protocole §1.2). */
const FLUX_DE_COLLECTIVITE = new Set(['1-1', ...Object.keys(FLUX_ATTENDUS)]);

const ENVELOPPE_ATTENDUE = {
  racine: 'EnveloppeCLMISILL',
  obligatoires: ['Emetteur', 'AdressesRetour', 'FormulairesEnvoyes'],
};

function checkEnveloppeUnique({ dossier: { enveloppes, nomLu } }: EnveloppeAJuger): Faute | undefined {
  if (enveloppes.length === 1 && enveloppes[0] === nomLu?.enveloppe) return undefined;
  const trouve = enveloppes.length === 0 ? 'aucune enveloppe' : enveloppes.join(', ');
  return {
    nature: '003',
    detail: `on attendait la seule enveloppe ${nomLu?.enveloppe ?? ''}, on trouve ${trouve}`,
  };
}

function checkCollectiviteConnue({
  dossier: { emetteur },
  collectivites,
}: EnveloppeAJuger): Faute | undefined {
  if (collectivites.mode === 'ouverte') return undefined;
  const connue = collectivites.liste.get(emetteur.siren);
  const isAsRegistered =
    connue !== undefined &&
    (connue.departement ?? emetteur.departement) === emetteur.departement &&
    (connue.arrondissement ?? emetteur.arrondissement) === emetteur.arrondissement &&
    (connue.nature ?? emetteur.nature) === emetteur.nature;
  if (isAsRegistered) return undefined;
  const quoi = connue
    ? 'est enregistré avec un autre département, arrondissement ou nature'
    : "n'est pas enregistré";
  const detail = `le SIREN ${emetteur.siren} ${quoi} ; réessayer plus tard, puis appeler la préfecture`;
  // Le ministère écrit ce code-là sans zéros.
  return { nature: '5', verif: 'PREF-VERIF-02', detail };
}

function checkFormulairesPresents({ dossier: { entries, formulaires } }: EnveloppeAJuger): Faute | undefined {
  const absents = formulaires.filter(({ nom }) => !entries.has(nom)).map(({ nom }) => nom);
  return absents.length > 0
    ? { nature: '001', detail: `formulaire introuvable : ${absents.join(', ')}` }
    : undefined;
}

function checkFormulairesNommes({ dossier: { emetteur, formulaires } }: EnveloppeAJuger): Faute | undefined {
  const fautif = formulaires.find(
    ({ nomLu }) => !nomLu || !FLUX_DE_COLLECTIVITE.has(nomLu.flux) || nomLu.siren !== emetteur.siren,
  );
  if (!fautif) return undefined;
  return {
    nature: '001',
    verif: 'ODT-VERIF-17',
    detail: `transaction non reconnue pour le formulaire ${fautif.nom}`,
  };
}

/**
 * Ce qui fait rejeter l'archive entière, dans l'ordre du protocole (§12.1). Nature `003` : archive, nom ou XML mal formé ;
 * `004` et `005` : contenu de l'enveloppe ; `001` : formulaires.
 */
export const enveloppeRules: readonly Regle<EnveloppeAJuger>[] = [
  {
    nom: 'nom-archive',
    check: ({ dossier }) =>
      dossier.nomLu
        ? undefined
        : { nature: '003', detail: 'le nom ne suit pas la forme TRI-QUAD--SIREN--AAAAMMJJ-N.tar.gz' },
  },
  {
    nom: 'archive-lisible',
    check: ({ dossier }) =>
      dossier.defautArchive ? { nature: '003', detail: dossier.defautArchive } : undefined,
  },
  {
    nom: 'enveloppe-unique',
    check: checkEnveloppeUnique,
  },
  {
    nom: 'enveloppe-bien-formee',
    check: ({ dossier: { enveloppe } }) =>
      enveloppe?.kind === 'read'
        ? undefined
        : {
            nature: '003',
            detail: `l'enveloppe n'est pas lisible (${enveloppe?.detail ?? 'trop volumineuse'})`,
          },
  },
  { nom: 'enveloppe-valide', check: ({ dossier }) => schemaFaute(dossier.enveloppe, ENVELOPPE_ATTENDUE) },
  {
    nom: 'emetteur',
    check: ({ dossier: { emetteur, nomLu } }) =>
      emetteur.siren === nomLu?.siren
        ? undefined
        : {
            nature: '005',
            detail: `l'émetteur est ${emetteur.siren}, mais l'archive porte le nom de ${nomLu?.siren ?? ''}`,
          },
  },
  {
    nom: 'collectivite-connue',
    check: checkCollectiviteConnue,
  },
  {
    nom: 'formulaires-presents',
    check: checkFormulairesPresents,
  },
  {
    nom: 'formulaires-nommes',
    check: checkFormulairesNommes,
  },
];
