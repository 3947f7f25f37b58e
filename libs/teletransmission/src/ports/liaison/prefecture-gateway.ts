import type { Instant } from '@teletransmission/kernel';
import type { Readable } from 'node:stream';
import type { TransmissionId } from '../../ids';
import type { SubmitAnswer } from '../../outcome/submit-answer';

/** Ce que tout envoi dit de lui. Le nom de l'archive scellée le désigne partout, et la recherche d'une réponse perdue aussi. */
interface OutgoingIdentity {
  readonly nom: string;
  readonly tailleOctets: number;
  /** La préfecture où elle va : chacune a son disjoncteur. */
  readonly departement?: string;
}

/** Une archive prête à partir : son nom, sa taille, ses octets à lire une fois. */
export interface OutgoingArchive extends OutgoingIdentity {
  readonly kind: 'archive';
  readonly content: Readable;
}

/** Les fichiers d'une archive scellée, pour une liaison qui prend des pièces : les octets restent ceux dont on garde l'empreinte. */
export interface OutgoingPieces extends OutgoingIdentity {
  readonly kind: 'pieces';
  /** Donne chaque fichier, un à la fois et dans l'ordre de l'archive ; ne se lit qu'une fois. Ce que lève `onFile` est relancé. */
  read(onFile: (nom: string, tailleOctets: number, content: Readable) => Promise<void>): Promise<void>;
}

export type Outgoing = OutgoingArchive | OutgoingPieces;

/** Retrouvée, et sous quelle référence l'autre bout la connaît. */
export interface FoundUnder {
  readonly reference: string;
}

/** Ce que l'autre bout sait d'un envoi. `unknown` : il ne sait pas répondre. */
export type LookUpAnswer = 'present' | 'absent' | 'unknown' | FoundUnder;

/** Un envoi pris, dont l'accusé est attendu. */
export interface OpenTransaction {
  readonly transmissionId: TransmissionId;
  readonly nom: string;
  /** Celle que l'autre bout lui a donnée ; `null` : il n'en donne pas, ou sa réponse s'est perdue. */
  readonly reference: string | null;
  readonly teletransmiseLe: Instant | null;
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

/** Ce que nous demandons à l'autre bout d'une liaison, quelle qu'elle soit. */
export interface PrefectureGateway {
  /** D'où elle relève : les identités qu'une source donne aux retours ne valent que chez elle, et dans sa liaison. */
  readonly source: string;
  /** Remet un envoi ; `signal` levé, il s'abandonne là où il en est. Ne lance que pour un défaut à nous. */
  submit(outgoing: Outgoing, signal: AbortSignal): Promise<SubmitAnswer>;
  /**
   * Les retours non encore acquittés, du plus ancien au plus récent ; chaque entrée est jugée seule, et une entrée illisible n'en cache
   * aucune autre. Une liaison relevée par transaction n'a pas de boîte : sa page est vide. @param after curseur rendu par la page d'avant. @throws GatewayFailure quand la liaison est coupée.
   */
  pendingRetours(limit: number, after: string | null): Promise<PendingPage>;
  /** Ce qui attend d'une transaction ouverte ; rien, pour une liaison à boîte. @throws GatewayFailure */
  retoursOf(transaction: OpenTransaction): Promise<PendingPage['entries']>;
  /** Les octets d'un retour, tels quels. @throws GatewayFailure */
  fetchRetour(sourceId: string): Promise<Readable>;
  /** Dit en amont que le retour est chez nous. Deux fois vaut une fois. @throws GatewayFailure */
  acknowledgeRetour(sourceId: string): Promise<void>;
  /** L'archive de ce nom a-t-elle été reçue ? @throws GatewayFailure */
  lookUp(nomArchive: string, departement?: string): Promise<LookUpAnswer>;
}
