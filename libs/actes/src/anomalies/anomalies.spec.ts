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

  it('donne les mots de la préfecture d’abord, le sens du code ensuite', () => {
    const { explication, ecart } = explainAnomalie('acte', '007', 'Fichier illisible');
    expect(explication).toMatch(
      /^La préfecture écrit : « Fichier illisible »[.] Code 007 : Fichier joint inutilisable[.]/,
    );
    expect(ecart).toBeUndefined();
    expect(explainAnomalie('acte', '007', ' ').explication).toMatch(
      /^La préfecture n’a rien écrit[.] Code 007 : .* est illisible, verrouillé/,
    );
  });

  it.each<['acte' | 'enveloppe', string, string]>([
    ['acte', '002', 'La pièce jointe est illisible'],
    ['acte', '007', 'La nomenclature de l’acte n’est plus à jour'],
    ['acte', '001', 'Le SIREN de l’émetteur est inconnu'],
    ['acte', '003', 'Le fichier PDF est protégé par un mot de passe'],
    ['acte', '005', 'L’annexe 2 contient un virus'],
    ['enveloppe', '002', 'SIREN inconnu'],
    ['enveloppe', '004', 'Le document principal est illisible'],
  ])('%s %s, « %s » : l’écart est dit, et le geste du code n’est pas conseillé', (kind, nature, words) => {
    const explained = explainAnomalie(kind, nature, words);
    const causes = kind === 'acte' ? CAUSES_ACTE : CAUSES_ENVELOPPE;
    expect(explained.ecart).toContain('ne disent pas la même chose');
    expect(explained.sens).toBe(kind === 'acte' ? '999' : 'enveloppe-100');
    const { explication } = explained;
    expect(explication.indexOf(words)).toBeLessThan(explication.indexOf(explained.libelle));
    expect(explication.indexOf(explained.libelle)).toBeLessThan(explication.indexOf(explained.ecart ?? ''));
    expect(explication).not.toContain(causes[nature]?.correction);
    expect(explained.libelle).toBe(causes[nature]?.libelle);
  });

  it.each<['acte' | 'enveloppe', string, string]>([
    ['acte', '002', 'La classification 2018-11-28 n’est plus à jour'],
    ['acte', '002', 'refus'],
    ['acte', '001', 'Cet acte a déjà été transmis le 02/11/2022'],
    ['acte', '006', '99_DE-034-213402761-20221020-A1-DE-1-1_1.pdf est introuvable'],
    ['acte', '004', 'La matière de l’acte n’est pas renseignée'],
    ['acte', '999', 'La pièce est illisible'],
    ['acte', '042', 'La pièce est illisible'],
    ['enveloppe', '005', 'Votre numéro de SIREN n’est pas encore enregistré'],
    ['enveloppe', '003', 'Le fichier XML est mal formé'],
    ['enveloppe', '003', 'Le nom ne suit pas la forme TRI-QUAD--SIREN--AAAAMMJJ-N.tar.gz'],
    ['acte', '005', 'Le fichier n’est pas un XML bien formé'],
  ])('%s %s, « %s » : rien ne se contredit', (kind, nature, words) => {
    expect(explainAnomalie(kind, nature, words).ecart).toBeUndefined();
  });

  it('un contrôle reconnu l’emporte sur la nature, et le dit quand elle disait autre chose', () => {
    const cited = explainAnomalie('acte', '007', 'ODT-VERIF-01 : date de classification');
    expect(cited).toMatchObject({ sens: '002', libelle: 'Date de classification périmée' });
    expect(cited.ecart).toContain('Le code 007 voudrait dire « Fichier joint inutilisable »');
    expect(explainAnomalie('acte', '999', 'ODT-VERIF-01 : date')).toMatchObject({ sens: '002' });
    expect(explainAnomalie('acte', '999', 'ODT-VERIF-01 : date').ecart).toBeUndefined();
    expect(explainAnomalie('acte', '002', 'PREF-VERIF-02 : SIREN').sens).not.toBe('002');
  });

  it('range à part les codes d’acte et d’enveloppe, qui se ressemblent sans dire la même chose', () => {
    expect(explainAnomalie('acte', '002', '').sens).toBe('002');
    expect(explainAnomalie('enveloppe', '002', '').sens).toBe('enveloppe-002');
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
