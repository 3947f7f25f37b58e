import { CAUSES_ACTE, CAUSES_ENVELOPPE, CAUSES_VERIF } from './causes';
import { explainAnomalie } from './explain-anomalie';

describe('explainAnomalie', () => {
  it.each(['5', '05', '005', ' 005 '])('lit la nature « %s » comme 005', (nature) => {
    expect(explainAnomalie('enveloppe', nature, '').code).toBe('005');
  });

  it('préfère le contrôle cité dans le détail au code, plus vague', () => {
    const detail =
      "SLO-EACT--210703385--20170612-2.tar.gz -> PREF-VERIF-02 : Votre numéro de SIREN n'est pas encore enregistré";
    expect(explainAnomalie('enveloppe', '5', detail)).toMatchObject({
      code: '005',
      verif: 'PREF-VERIF-02',
      renvoiUtile: 'plus-tard',
    });
    expect(explainAnomalie('acte', '002', 'ODT-VERIF-01 : date')).toMatchObject({
      verif: 'ODT-VERIF-01',
      renvoiUtile: 'apres-correction',
    });
    expect(explainAnomalie('enveloppe', '999', 'ODT-VERIF-17 : transaction')).toMatchObject({
      libelle: 'Transaction non reconnue',
    });
  });

  it('garde le contrôle inconnu et explique par le code', () => {
    expect(explainAnomalie('acte', '004', 'PREF-VERIF-33 : autre chose')).toMatchObject({
      verif: 'PREF-VERIF-33',
      libelle: CAUSES_ACTE['004']?.libelle,
    });
  });

  it('dit qu’un acte déjà transmis ne se renvoie pas', () => {
    expect(explainAnomalie('acte', '001', '').renvoiUtile).toBe('non');
  });

  it.each(['042', 'ABC', 'constructor', ''])(
    'explique encore la nature inconnue « %s », et la rend telle quelle',
    (nature) => {
      expect(explainAnomalie('acte', nature, 'Ca ne fonctionne pas')).toMatchObject({
        code: nature,
        libelle: 'Anomalie de code inconnu',
      });
    },
  );

  it('ne confond pas les codes d’acte et d’enveloppe', () => {
    expect(explainAnomalie('acte', '001', '').libelle).not.toBe(
      explainAnomalie('enveloppe', '001', '').libelle,
    );
  });

  it('a pour chaque cause connue des phrases finies', () => {
    for (const cause of [CAUSES_ACTE, CAUSES_ENVELOPPE, CAUSES_VERIF].flatMap((table) =>
      Object.values(table),
    )) {
      expect(cause.cause).toMatch(/\.$/);
      expect(cause.correction).toMatch(/\.$/);
    }
  });
});
