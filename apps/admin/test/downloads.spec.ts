import { pageText } from './page-text';
import { RunningDesk } from './running-desk';
import { aCompte, aDeliberationView, aPiece, aRetour, empreinteOf } from './views';

describe('les téléchargements', () => {
  const content = Buffer.from('%PDF-1.7 octets tels que déposés');
  const archive = {
    nom: 'TLT-TACT--213402761--20261124-1.tar.gz',
    empreinte: empreinteOf('d'),
    tailleOctets: content.length,
  };
  const view = aDeliberationView({ archive });
  const retour = aRetour({ tailleOctets: content.length });
  let desk: RunningDesk;
  let cookie: string;
  beforeEach(async () => {
    desk = await RunningDesk.start();
    cookie = await desk.signIn(aCompte());
    const pieces = [
      aPiece({ tailleOctets: content.length }),
      aPiece({ rang: 1, empreinte: empreinteOf('f') }),
    ];
    desk.readings.dossiers.push({ view, pieces, retours: [retour] });
    for (const empreinte of ['a', 'b', 'd']) desk.documents.keepAs(empreinteOf(empreinte), content);
  });
  afterEach(() => desk.close());

  it.each([
    ['pieces/0', 'application/pdf', `filename*=UTF-8''d%C3%A9lib%C3%A9ration%2062.pdf`],
    ['archive', 'application/gzip', `filename="${archive.nom}"`],
    [`retours/${retour.id}`, 'application/gzip', `filename="${retour.nom}"`],
  ])('%s rend les octets exacts, à enregistrer et jamais à afficher', async (rest, type, disposition) => {
    const file = await desk.get(`/deliberations/${view.id}/${rest}`, cookie);
    expect(file.statusCode).toBe(200);
    expect(file.rawPayload.equals(content)).toBe(true);
    expect(file.headers['content-type']).toBe(type);
    expect(file.headers['content-length']).toBe(String(content.length));
    expect(file.headers['content-disposition']).toMatch(/^attachment; /);
    expect(file.headers['content-disposition']).toContain(disposition);
    expect(file.headers['x-content-type-options']).toBe('nosniff');
    expect(file.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each(['pieces/2', 'pieces/-1', 'pieces/0x0', 'retours/inconnu'])('%s n’existe pas', async (rest) => {
    const answer = await desk.get(`/deliberations/${view.id}/${rest}`, cookie);
    expect([answer.statusCode, answer.headers['content-disposition']]).toEqual([404, undefined]);
  });

  it('sans archive encore, le dit', async () => {
    const young = aDeliberationView();
    desk.readings.dossiers.push({ view: young });
    const answer = await desk.get(`/deliberations/${young.id}/archive`, cookie);
    expect([answer.statusCode, pageText(answer.body).includes('pas encore été mise sous enveloppe')]).toEqual(
      [404, true],
    );
  });

  it('un fichier disparu du dépôt est une alerte, pas un fichier vide', async () => {
    const answer = await desk.get(`/deliberations/${view.id}/pieces/1`, cookie);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(pageText(answer.body)).toContain('il faut restaurer le dépôt de documents');
    expect(desk.log.lines.filter(({ level }) => level === 'error')[0]?.fields.code).toBe('document/missing');
  });
});
