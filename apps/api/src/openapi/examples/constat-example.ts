/** Un constat gardé, qui en attend un second. */
export const PREMIER_CONSTAT = {
  transmission: '01940f2a-7c00-7000-8000-000000000001',
  etat: 'uncertain',
  constats: [
    {
      auteur: 'Claire Martin',
      constat: 'presente',
      motif: 'Vue par la préfecture, au téléphone',
      le: '2022-11-02T09:14:27.000Z',
    },
  ],
  attendu: 'Un second opérateur, d’un autre compte, doit faire le même constat : un seul ne tranche jamais.',
};
