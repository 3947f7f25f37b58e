import type { Siren } from '@teletransmission/actes';
import { civilDate } from '@teletransmission/kernel';
import type { Deposited } from '../../test/test-ledger';
import { empreinteOf, NOW, TestLedger } from '../../test/test-ledger';
import type { FreshDatabase } from '../../test/fresh-database';
import { freshDatabase } from '../../test/fresh-database';
import { AuditChains } from './audit-chains';
import type { JournalReport } from './verify-journal';
import { verifyJournal } from './verify-journal';

jest.setTimeout(60_000);

let database: FreshDatabase;
let ledger: TestLedger;
let chaine: string;
let acte: Deposited;
let siren = 210_000_000;

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  siren += 1;
  ledger = await TestLedger.open(database.dataSource, { siren: String(siren) as Siren });
  chaine = ledger.collectivite.id;
  const sent = await ledger.transmitted();
  acte = { ...sent, transmission: await ledger.acknowledge(sent.transmission, civilDate('2022-11-02')) };
});
afterAll(() => database.close());

/** Publie l'acte, comme une personne le déclare. */
async function publish(): Promise<void> {
  const publication = await ledger.publications.find(acte.deliberation.id);
  if (!publication) throw new Error('sans publication');
  const { compte } = ledger;
  await ledger.publications.record({
    publication,
    to: 'published',
    datePublication: civilDate('2022-11-03'),
    adresse: 'https://commune.example/62',
    declaration: { par: compte.id, le: NOW, moyen: 'site' },
    audit: {
      collectiviteId: ledger.collectivite.id,
      deliberationId: acte.deliberation.id,
      sujet: 'publication',
      sujetId: acte.deliberation.id,
      evenement: 'publication-declared',
      etatAvant: 'unpublished',
      etatApres: 'published',
      instant: NOW,
      acteur: { kind: 'compte', id: compte.id, nom: compte.nom },
      motif: null,
      preuve: { datePublication: '2022-11-03', adresse: 'https://commune.example/62', moyen: 'site' },
    },
  });
}

const verify = (): Promise<JournalReport> => verifyJournal(database.dataSource, { chaine });

/** Falsifie en propriétaire de la base, déclencheurs et clés étrangères suspendus. */
async function tamper(sql: string, parameters: readonly unknown[] = []): Promise<void> {
  const runner = database.owner.createQueryRunner();
  await runner.startTransaction();
  await runner.query('SET LOCAL session_replication_role = replica');
  await runner.query(sql, [...parameters]);
  await runner.commitTransaction();
  await runner.release();
}

const onTransmission = (set: string): Promise<void> =>
  tamper(`UPDATE transmissions SET ${set} WHERE id = $1`, [acte.transmission.id]);
const onDeliberation = (set: string): Promise<void> =>
  tamper(`UPDATE deliberations SET ${set} WHERE id = $1`, [acte.deliberation.id]);
const onPublication = (set: string): Promise<void> =>
  tamper(`UPDATE publications SET ${set} WHERE deliberation_id = $1`, [acte.deliberation.id]);
const onPieces = (set: string): Promise<void> =>
  tamper(`UPDATE pieces SET ${set} WHERE deliberation_id = $1`, [acte.deliberation.id]);

/** Les écarts en bref : le code, le sujet et le champ. */
const told = ({ ecarts }: JournalReport): readonly string[] =>
  ecarts.map(({ code, sujet, champ }) => `${code} ${sujet} ${champ}`.trim());

describe('ce que les tables disent', () => {
  it('s’accorde avec le journal tant que le service seul y écrit', async () => {
    await publish();
    const retour = await ledger.receive();
    const { faults, ecarts, ecartsTotal, compared, unsaid } = await verify();
    expect([faults, ecarts, ecartsTotal]).toEqual([[], [], 0]);
    expect(compared).toEqual({
      transmissions: 1,
      publications: 1,
      retours: 0,
      correspondances: 0,
      deliberations: 1,
    });
    expect(unsaid).toEqual({ 'depot-sans-empreinte': 0, 'date-sans-trace': 0 });
    // Un retour n'a pas encore de collectivité : la plateforme entière le compare.
    const whole = await verifyJournal(database.dataSource);
    expect([whole.faults, whole.ecarts]).toEqual([[], []]);
    expect(whole.compared.retours).toBeGreaterThanOrEqual(1);
    await tamper(`UPDATE retours SET empreinte = $2 WHERE id = $1`, [retour.id, empreinteOf('faux')]);
    await tamper(`UPDATE retours SET empreinte = $2 WHERE id = $1`, [retour.id, retour.empreinte]);
  });

  it.each([
    ['l’état', `state = 'cancelled'`, 'audit/state-differs transmission state'],
    [
      'la date de réception',
      `date_reception = '2022-10-21'`,
      'audit/date-differs transmission date_reception',
    ],
    [
      'une date de réception sans fin',
      `date_reception = 'infinity'`,
      'audit/date-differs transmission date_reception',
    ],
    [
      'l’instant du départ',
      `teletransmise_le = teletransmise_le - interval '1 day'`,
      'audit/date-differs transmission teletransmise_le',
    ],
    [
      'l’instant du départ, ôté',
      'teletransmise_le = NULL',
      'audit/date-differs transmission teletransmise_le',
    ],
    [
      'l’instant de l’état',
      `since = since + interval '1 millisecond'`,
      'audit/date-differs transmission since',
    ],
    [
      'l’identifiant',
      `identifiant_acte = identifiant_acte || 'X'`,
      'audit/fact-differs transmission identifiant_acte',
    ],
    ['le message', `flux = '6-1'`, 'audit/fact-differs transmission flux'],
  ])('trahit %s d’une transmission qu’on change en base', async (_, set, expected) => {
    await onTransmission(set);
    const report = await verify();
    expect(told(report)).toContain(expected);
    expect(report.faults).toEqual([]);
  });

  it('dit les deux valeurs, et de quel acte', async () => {
    await onTransmission(`date_reception = '2022-10-21'`);
    expect((await verify()).ecarts).toEqual([
      {
        code: 'audit/date-differs',
        sujet: 'transmission',
        sujetId: acte.transmission.id,
        acte: acte.deliberation.identifiantActe,
        champ: 'date_reception',
        enregistre: '2022-10-21',
        auJournal: '2022-11-02',
      },
    ]);
  });

  it.each([
    ['l’objet', `objet = 'Un autre objet'`, ['audit/fact-differs deliberation objet']],
    ['une espace de l’objet', `objet = objet || ' '`, ['audit/fact-differs deliberation objet']],
    ['la matière', `matiere = '8.2'`, ['audit/fact-differs deliberation matiere']],
    ['la nature', `nature = 'AR'`, ['audit/fact-differs deliberation nature']],
    ['le numéro', `numero_interne = 'AUTRE'`, ['audit/fact-differs deliberation numero_interne']],
    [
      'la date de la décision',
      `date_decision = '2022-10-01'`,
      ['audit/date-differs deliberation date_decision'],
    ],
    [
      'l’instant du dépôt',
      `deposee_le = deposee_le - interval '1 day'`,
      ['audit/date-differs deliberation deposee_le'],
    ],
    ['l’heure demandée', `pas_avant = '2023-01-01'`, ['audit/date-differs deliberation pas_avant']],
    ['le vote', 'pour = 3, contre = 0', ['audit/fact-differs deliberation depot']],
  ])('trahit %s d’un dépôt', async (_, set, expected) => {
    await onDeliberation(set);
    expect(told(await verify())).toEqual(expected);
  });

  it.each([
    ['l’empreinte d’une pièce', `empreinte = repeat('a', 64)`],
    ['le type d’une pièce', `type_piece = '99_AU'`],
    ['le nom d’une pièce', `nom_fichier = 'autre.pdf'`],
    ['la taille d’une pièce', 'taille_octets = taille_octets + 1'],
  ])('trahit %s', async (_, set) => {
    await onPieces(set);
    expect(told(await verify())).toHaveLength(1);
  });

  it('trahit une pièce ôtée', async () => {
    await tamper('DELETE FROM pieces WHERE deliberation_id = $1', [acte.deliberation.id]);
    expect(told(await verify())).toHaveLength(1);
  });

  it.each([
    ['la date', `date_publication = '2022-11-02'`, 'audit/date-differs publication date_publication'],
    ['l’adresse', `adresse = 'https://ailleurs.example/62'`, 'audit/fact-differs publication adresse'],
    ['le moyen', `moyen = 'affichage'`, 'audit/fact-differs publication moyen'],
    ['l’auteur', `declaree_par = gen_random_uuid()`, 'audit/fact-differs publication declaree_par'],
  ])('trahit %s d’une publication', async (_, set, expected) => {
    await publish();
    await onPublication(set);
    expect(told(await verify())).toEqual([expected]);
  });

  it('trahit une publication que le journal n’a pas vue', async () => {
    await onPublication(
      `state = 'published', date_publication = '2022-11-03', adresse = 'https://commune.example/62'`,
    );
    expect(told(await verify())).toEqual([
      'audit/state-differs publication state',
      'audit/date-differs publication date_publication',
      'audit/fact-differs publication adresse',
    ]);
  });

  it('trahit une transmission effacée, et une autre que le journal ne connaît pas', async () => {
    const { transmission } = await ledger.deposit();
    await tamper('DELETE FROM transmissions WHERE id = $1', [transmission.id]);
    await tamper(
      `INSERT INTO transmissions (id, deliberation_id, collectivite_id, identifiant_acte, flux, state, since, version, cycle, turn)
        SELECT gen_random_uuid(), deliberation_id, collectivite_id, 'inventée', '1-1', 'queued', since, 1, 1, 0
        FROM transmissions WHERE id = $1`,
      [acte.transmission.id],
    );
    expect([...told(await verify())].sort()).toEqual([
      'audit/row-gone transmission',
      'audit/unknown-row transmission',
    ]);
  });

  it('trahit un retour dont on change l’état ou l’empreinte', async () => {
    const retour = await ledger.receive();
    await tamper(
      `UPDATE retours SET state = 'set-aside', recu_le = recu_le + interval '1 day' WHERE id = $1`,
      [retour.id],
    );
    const { ecarts } = await verifyJournal(database.dataSource);
    expect(
      ecarts.filter(({ sujetId }) => sujetId === retour.id).map(({ code, champ }) => `${code} ${champ}`),
    ).toEqual(['audit/state-differs state', 'audit/date-differs recu_le']);
    await tamper(`UPDATE retours SET state = 'received', recu_le = $2 WHERE id = $1`, [retour.id, NOW]);
  });

  it('compte ce que le journal ne disait pas encore, sans le tenir pour un écart', async () => {
    // Un dépôt et un accusé d'avant : leurs lignes sont celles que ce service écrivait alors.
    await tamper(
      `UPDATE audit_entries SET preuve = '{}' WHERE chaine = $1 AND evenement IN ('deposited', 'envoi-accepted', 'ar-received')`,
      [chaine],
    );
    await onDeliberation(`objet = 'Un autre objet'`);
    const { ecarts, unsaid } = await verify();
    expect(ecarts).toEqual([]);
    expect(unsaid).toEqual({ 'depot-sans-empreinte': 1, 'date-sans-trace': 2 });
  });
});

describe('une chaîne coupée ou refaite', () => {
  const headAt = (rang: number): Promise<void> =>
    tamper(
      `UPDATE chaines_audit SET rang = $2, empreinte = (SELECT empreinte FROM audit_entries WHERE chaine = $1 AND rang = $2) WHERE chaine = $1`,
      [chaine, rang],
    );

  it('dont la fin est coupée avec son dernier rang se voit encore à ce que les tables en disent', async () => {
    await tamper('DELETE FROM audit_entries WHERE chaine = $1 AND rang = 5', [chaine]);
    await headAt(4);
    const { faults, ecarts } = await verify();
    expect(faults).toEqual([]);
    expect(ecarts.map(({ champ, enregistre, auJournal }) => [champ, enregistre, auJournal])).toEqual([
      ['state', 'acknowledged', 'awaiting-ack'],
      ['date_reception', '2022-11-02', null],
    ]);
  });

  it('jusqu’aux tables ne se voit qu’à une ancre, et sans ancre aucune de ses lignes n’est dite hors de doute', async () => {
    const anchors = await new AuditChains(database.dataSource).heads();
    await tamper('DELETE FROM audit_entries WHERE chaine = $1 AND rang = 5', [chaine]);
    await headAt(4);
    await onTransmission(`state = 'awaiting-ack', date_reception = NULL`);
    const without = await verify();
    expect([without.faults, without.ecarts, without.unanchored]).toEqual([[], [], 4]);
    const anchored = await verifyJournal(database.dataSource, { chaine, anchors });
    expect(anchored.faults).toEqual([{ chaine, rang: 5, code: 'audit/cut' }]);
  });

  it('dont le début est ôté le dit, et ses actes n’ont plus de naissance', async () => {
    await tamper('DELETE FROM audit_entries WHERE chaine = $1 AND rang = 1', [chaine]);
    const { faults, ecarts } = await verify();
    expect(faults).toEqual([{ chaine, rang: 1, code: 'audit/missing' }]);
    expect(ecarts.map(({ code }) => code)).toContain('audit/state-differs');
  });

  it('refaite tout entière après un changement se tient, mais les tables la démentent, et l’ancre aussi', async () => {
    const anchors = await new AuditChains(database.dataSource).heads();
    await tamper(
      `UPDATE audit_entries SET preuve = '{"dateReception":"2022-10-21"}' WHERE chaine = $1 AND evenement = 'ar-received'`,
      [chaine],
    );
    // Les empreintes se refont comme la base les fait.
    await tamper(
      `UPDATE audit_entries SET empreinte = encode(sha256(convert_to(json_build_array(chaine, rang::text,
          to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), sujet, sujet_id, deliberation_id::text, evenement, etat_avant,
          etat_apres, acteur_genre, acteur_id::text, acteur_nom, motif, preuve::text, empreinte_precedente)::text, 'UTF8')), 'hex')
        WHERE chaine = $1`,
      [chaine],
    );
    await headAt(5);
    const blind = await verify();
    expect(blind.faults).toEqual([]);
    expect(told(blind)).toEqual(['audit/date-differs transmission date_reception']);
    const anchored = await verifyJournal(database.dataSource, { chaine, anchors });
    expect(anchored.faults).toEqual([{ chaine, rang: 5, code: 'audit/rebuilt' }]);
  });

  it('ne compte hors de doute que ce que l’ancre connaît', async () => {
    const anchors = await new AuditChains(database.dataSource).heads();
    await ledger.deposit();
    expect((await verifyJournal(database.dataSource, { chaine, anchors })).unanchored).toBe(1);
    expect((await verify()).unanchored).toBe(6);
  });
});
