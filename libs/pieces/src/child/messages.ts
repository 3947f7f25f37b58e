import type { Inspection } from '@teletransmission/teletransmission';

/** Ce que le processus d'ouverture reçoit : un contenu à ouvrir, ou les octets qu'il a demandés. Un seul contenu à la fois. */
export type ToChild =
  | { readonly kind: 'inspect'; readonly tailleOctets: number }
  | { readonly kind: 'octets'; readonly id: number; readonly octets: Uint8Array };

/** Ce qu'il dit : qu'il est prêt, les octets qu'il lui faut, ou ce qu'il a vu. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly id: number; readonly offset: number; readonly length: number }
  | { readonly kind: 'inspected'; readonly inspection: Inspection };
