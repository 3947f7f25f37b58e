/**
 * La réponse à un envoi, union fermée : l'enregistrement a toujours lieu.
 * `deferred` : la préfecture n'a prouvablement pas l'archive ; `lost` : des octets sont peut-être arrivés.
 */
export type SubmitAnswer =
  | { readonly kind: 'accepted'; readonly code: string }
  | { readonly kind: 'deferred'; readonly code: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'lost'; readonly code: string; readonly detail: string };
