import type { CivilDate } from '@teletransmission/kernel';

/** La version que la préfecture tient pour courante : la dernière publiée, sinon celle des réglages. */
export function versionEnCours(
  registre: { readonly classificationPubliee: CivilDate | undefined },
  reglages: { readonly classificationDateVersion: CivilDate },
): CivilDate {
  return registre.classificationPubliee ?? reglages.classificationDateVersion;
}
