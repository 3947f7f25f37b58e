import type { Readable } from 'node:stream';
import type { SubmitAnswer } from '../../outcome/submit-answer';

/** Une archive prête à partir : son nom, sa taille, ses octets à lire une fois. */
export interface OutgoingArchive {
  readonly nom: string;
  readonly tailleOctets: number;
  readonly content: Readable;
  /** La préfecture où elle va : chacune a son disjoncteur. */
  readonly departement?: string;
}

/** Un retour qui attend en amont. */
export interface PendingRetour {
  readonly kind: 'retour';
  readonly sourceId: string;
  /** `null` : il est annoncé sans nom de fichier, ou sous un nom qui ne se garde pas. */
  readonly nom: string | null;
}

/** Une entrée de la liste qu'on ne saurait demander : sans identité, ou d'une identité qui ne se met pas dans une adresse. */
export interface UnusableEntry {
  readonly kind: 'unusable';
  /** L'empreinte de l'entrée telle que reçue : c'est à elle qu'on la reconnaît d'une relève à l'autre. */
  readonly empreinte: string;
  readonly nom: string | null;
  readonly extrait: string;
  readonly detail: string;
}

/** Une page de ce qui attend en amont. `next` : le curseur de la suivante, quand la liaison en donne un. */
export interface PendingPage {
  readonly entries: readonly (PendingRetour | UnusableEntry)[];
  readonly next: string | null;
}

/** Ce que nous demandons à la préfecture, quelle que soit la liaison. */
export interface PrefectureGateway {
  /** Le nom de cette liaison : les identités qu'elle donne aux retours ne valent que chez elle. */
  readonly source: string;
  /** Remet une archive ; `signal` levé, l'envoi s'abandonne là où il en est. Ne lance que pour un défaut à nous. */
  submit(archive: OutgoingArchive, signal: AbortSignal): Promise<SubmitAnswer>;
  /**
   * Les retours non encore acquittés, du plus ancien au plus récent ; chaque entrée est jugée seule, et une entrée illisible n'en cache
   * aucune autre. @param after curseur rendu par la page d'avant. @throws GatewayFailure quand la liaison est coupée.
   */
  pendingRetours(limit: number, after: string | null): Promise<PendingPage>;
  /** Les octets d'un retour, tels quels. @throws GatewayFailure */
  fetchRetour(sourceId: string): Promise<Readable>;
  /** Dit en amont que le retour est chez nous. Deux fois vaut une fois. @throws GatewayFailure */
  acknowledgeRetour(sourceId: string): Promise<void>;
  /** L'archive de ce nom a-t-elle été reçue ? `unknown` : la liaison ne sait pas répondre. @throws GatewayFailure */
  lookUp(nomArchive: string, departement?: string): Promise<'present' | 'absent' | 'unknown'>;
}
