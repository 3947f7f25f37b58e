/** Ce que le rôle du service fait d'une table. */
export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

const LIT = ['SELECT'] as const;
const AJOUTE = ['SELECT', 'INSERT'] as const;
const AJOUTE_OTE = ['SELECT', 'INSERT', 'DELETE'] as const;
const CHANGE = ['SELECT', 'INSERT', 'UPDATE'] as const;
const TOUT = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

/**
 * Les droits du service, table par table (vues comprises). Une table nouvelle s'inscrit ici : un essai compare cette liste au schéma. Ce qui a
 * été déposé et ce que le journal a dit ne se changent ni ne s'ôtent ; la chaîne du journal n'est écrite que par la base.
 */
export const SERVICE_RIGHTS: Readonly<Record<string, readonly TableRight[]>> = {
  alertes: CHANGE,
  audit_entries: AJOUTE,
  chaines_audit: LIT,
  classifications: CHANGE,
  collectivites: CHANGE,
  comptes: CHANGE,
  compteurs_enveloppes: CHANGE,
  constats: CHANGE,
  constats_documents: CHANGE,
  correspondances: CHANGE,
  decisions_retours: CHANGE,
  deliberations: AJOUTE,
  departs: AJOUTE_OTE,
  disjoncteurs: CHANGE,
  documents_references: LIT,
  enveloppes: CHANGE,
  envois: CHANGE,
  genres_alerte: LIT,
  horloges: TOUT,
  jetons: CHANGE,
  lettre_documents: AJOUTE,
  liaisons: CHANGE,
  messages_recus: AJOUTE,
  migrations: LIT,
  naissances: LIT,
  outbox: TOUT,
  passages_documents: TOUT,
  pieces: AJOUTE,
  pouls: CHANGE,
  prefectures: CHANGE,
  publications: CHANGE,
  rangs_de_file: TOUT,
  rattachements: TOUT,
  releves_en_echec: TOUT,
  reponse_pieces: AJOUTE,
  requetes: AJOUTE_OTE,
  restaurations: LIT,
  retours: CHANGE,
  sauvegardes: LIT,
  sessions: TOUT,
  transitions: LIT,
  transmissions: CHANGE,
  travailleurs: TOUT,
};

/** Ce qu'une migration à venir donne au service tant que sa table n'est pas inscrite ci-dessus. */
export const DEFAULT_RIGHTS: readonly TableRight[] = TOUT;
