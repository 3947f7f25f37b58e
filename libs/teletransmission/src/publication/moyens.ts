/** Comment une personne dit avoir publié. */
export const MOYENS_PUBLICATION = ['affichage', 'site', 'recueil'] as const;
export type MoyenPublication = (typeof MOYENS_PUBLICATION)[number];
