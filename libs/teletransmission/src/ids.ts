import type { Brand } from '@teletransmission/kernel';

export type CollectiviteId = Brand<string, 'CollectiviteId'>;
export type CompteId = Brand<string, 'CompteId'>;
export type DeliberationId = Brand<string, 'DeliberationId'>;
export type TransmissionId = Brand<string, 'TransmissionId'>;
export type EnveloppeId = Brand<string, 'EnveloppeId'>;
export type EnvoiId = Brand<string, 'EnvoiId'>;
export type CorrespondanceId = Brand<string, 'CorrespondanceId'>;
export type RetourId = Brand<string, 'RetourId'>;
/** Le nom court d'une liaison (« directe »), choisi par qui l'inscrit : il paraît dans les réglages et ne change jamais. */
export type LiaisonId = Brand<string, 'LiaisonId'>;
export type DecisionId = Brand<string, 'DecisionId'>;
/** SHA-256 d'un contenu, 64 chiffres hexadécimaux minuscules : c'est aussi son adresse dans le dépôt de documents. */
export type Empreinte = Brand<string, 'Empreinte'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Vrai si le texte a la forme de nos identifiants : une autre forme ne va pas jusqu'à la base. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
