/**
 * La réponse à un envoi, union fermée : l'enregistrement a toujours lieu.
 * `deferred` : la préfecture n'a prouvablement pas l'archive ; `lost` : des octets sont peut-être arrivés.
 */
export type SubmitAnswer =
  | {
      readonly kind: 'accepted';
      readonly code: string;
      /** Celle que l'autre bout donne à ce qu'il a pris, s'il en donne une. */
      readonly reference?: string | null;
    }
  | { readonly kind: 'deferred'; readonly code: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'lost'; readonly code: string; readonly detail: string };
