import type { Empreinte, StoredContent } from '@teletransmission/teletransmission';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import type { FreshDatabase } from '../../test/fresh-database';
import { freshDatabase, freshDatabaseOfPlainOwner } from '../../test/fresh-database';
import { NOW, TestLedger } from '../../test/test-ledger';
import { AuditChains } from '../audit/audit-chains';
import { FileDocumentStore } from '../documents/file-document-store';
import { refusalToServe } from '../migrate';
import { finishRestauration } from './finish-restauration';
import { DOCUMENTS, SAUVEGARDES } from './manifest';
import { RestoreSauvegarde } from './restore-sauvegarde';
import { WriteSauvegarde } from './write-sauvegarde';

jest.setTimeout(120_000);

const opened: FreshDatabase[] = [];
let folder: string;
let source: FreshDatabase;
let documents: FileDocumentStore;
let kept: StoredContent;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sauvegarde-'));
  documents = new FileDocumentStore(path.join(folder, 'stockage'));
  source = await empty(true);
  const ledger = await TestLedger.open(source.owner);
  kept = await documents.put(Readable.from([randomBytes(5_000)], { objectMode: false }));
  const { transmission } = await ledger.deposit({
    pieces: [pieceOf(kept)],
    objet: 'Étés\ttab\\ et \n lignes',
  });
  const archive = await documents.put(Readable.from([Buffer.from('archive')], { objectMode: false }));
  await ledger.seal(transmission);
  await source.owner.query('UPDATE enveloppes SET empreinte = $1, taille_octets = $2', [
    archive.empreinte,
    archive.tailleOctets,
  ]);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  await rm(folder, { recursive: true, force: true });
});

async function empty(isMigrated = false): Promise<FreshDatabase> {
  const database = await freshDatabase(isMigrated);
  opened.push(database);
  return database;
}

function pieceOf({ empreinte, tailleOctets }: StoredContent) {
  return {
    rang: 0,
    typePiece: '99_DE',
    nomFichier: 'extrait.pdf',
    empreinte,
    tailleOctets,
    signature: null,
    format: 'pdf',
    remarques: [],
  } as const;
}

const at = (name: string): string => path.join(folder, name);
const write = (changes: object = {}): ReturnType<WriteSauvegarde['execute']> =>
  new WriteSauvegarde(source.owner, documents).execute({ root: at('copies'), version: '1', ...changes });
const restoreInto = (dataSource: DataSource, from = at('copies')): ReturnType<RestoreSauvegarde['execute']> =>
  new RestoreSauvegarde(dataSource, new FileDocumentStore(at('neuf'))).execute({ from });

/** Tout ce que les livres portent, hors ce que l'exploitation écrit d'elle-même. */
async function contentOf(dataSource: DataSource): Promise<unknown> {
  const tables: { nom: string }[] = await dataSource.query(
    `SELECT relname AS nom FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname NOT IN ('restaurations', 'sauvegardes', 'sessions', 'migrations') ORDER BY 1`,
  );
  const content: Record<string, unknown> = {};
  for (const { nom } of tables)
    // L'image d'où vient une transmission est ce que la restauration ajoute aux livres.
    content[nom] = await dataSource.query(
      `SELECT (to_jsonb(t) - '{image_du,image_cycle}'::text[])::text AS ligne FROM ${nom} t ORDER BY 1`,
    );
  return content;
}

async function filesOf(place: string): Promise<readonly string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('une sauvegarde', () => {
  it('se restaure à l’identique dans une base neuve, documents, gardes et séquences compris', async () => {
    const { manifest, copied } = await write();
    expect(manifest.documents).toMatchObject({ nombre: 2, abimes: [] });
    expect(copied).toBe(2);
    const target = await empty();
    const books = await restoreInto(target.owner);
    expect(await contentOf(target.owner)).toEqual(await contentOf(source.owner));
    expect(await new FileDocumentStore(at('neuf')).hashOf(kept.empreinte)).toBe(kept.empreinte);
    expect(await new AuditChains(target.owner).heads()).toEqual(manifest.chaines);

    // Rien ne la sert avant sa clôture.
    expect(await refusalToServe(target.owner)).toContain('restauration');
    await finishRestauration(
      target.owner,
      books,
      { retenues: 0, incertaines: 0, enRetard: 0, refusees: 0 },
      [],
      NOW,
    );
    expect(await refusalToServe(target.owner)).toBeNull();

    // Les gardes sont revenues : le journal ne se modifie pas, un lien mort se refuse, la boîte d'envoi continue ses numéros.
    await expect(target.owner.query(`UPDATE audit_entries SET motif = 'x'`)).rejects.toThrow(
      'ne se modifie pas',
    );
    await expect(
      target.owner.query('UPDATE transmissions SET enveloppe_id = gen_random_uuid()'),
    ).rejects.toThrow();
    const [before]: { id: string }[] = await target.owner.query('SELECT max(id) AS id FROM outbox');
    const [after]: { id: string }[] = await target.owner.query(
      `INSERT INTO outbox (job, target_id, turn) VALUES ('seal-enveloppe', gen_random_uuid(), 1) RETURNING id`,
    );
    expect(Number(after?.id)).toBeGreaterThan(Number(before?.id));
    expect((await new AuditChains(target.owner).verify()).faults).toEqual([]);
  });

  it('ne recopie pas ce que le dossier a déjà, et porte ce qui s’est ajouté', async () => {
    await write();
    const ledger = await TestLedger.open(source.owner, { siren: '213402999' as never });
    const added = await documents.put(Readable.from([randomBytes(300)], { objectMode: false }));
    await ledger.deposit({ pieces: [pieceOf(added)], numeroInterne: 'AUTRE' as never });
    const second = await write();
    expect([second.copied, second.manifest.documents.nombre]).toEqual([1, 3]);
    // La plus récente est celle qu'on prend.
    const target = await empty();
    expect((await restoreInto(target.owner)).manifest.id).toBe(second.manifest.id);
  });

  it('dit ce qui était déjà perdu, sauve le reste, et se restaure en le disant', async () => {
    await writeFile(
      path.join(at('stockage'), kept.empreinte.slice(0, 2), kept.empreinte),
      randomBytes(5_000),
    );
    const { manifest } = await write();
    expect(manifest.documents.abimes).toEqual([{ empreinte: kept.empreinte, code: 'document/altered' }]);
    expect((await filesOf(at('copies'))).filter((name) => /^[0-9a-f]{64}$/.test(name))).toHaveLength(1);
    const target = await empty();
    const { documents: copy } = await restoreInto(target.owner);
    expect(copy.damaged.map(({ empreinte }) => empreinte)).toEqual([kept.empreinte]);
  });

  it('dit le dossier où elle ne peut écrire, plutôt qu’une panne', async () => {
    await writeFile(at('fichier'), '');
    await expect(write({ root: at('fichier') })).rejects.toMatchObject({ code: 'sauvegarde/unwritable' });
  });

  it('interrompue, ne laisse rien qui passe pour une sauvegarde', async () => {
    const controller = new AbortController();
    const tell = (): void => {
      controller.abort(new Error('interrompue'));
    };
    await expect(write({ tell, signal: controller.signal })).rejects.toThrow('interrompue');
    expect(await readdir(path.join(at('copies'), SAUVEGARDES))).toEqual([]);
    await expect(restoreInto((await empty()).owner)).rejects.toMatchObject({
      code: 'restauration/no-sauvegarde',
    });
  });
});

describe('une restauration', () => {
  it('refuse une base qui n’est pas vide, et n’y touche pas', async () => {
    await write();
    const before = await contentOf(source.owner);
    await expect(restoreInto(source.owner)).rejects.toMatchObject({ code: 'restauration/not-empty' });
    expect(await contentOf(source.owner)).toEqual(before);
    expect(await refusalToServe(source.owner)).toBeNull();
  });

  it('accepte une base neuve déjà mise à niveau', async () => {
    await write();
    await restoreInto((await empty(true)).owner);
  });

  it('refuse un fichier abîmé avant d’avoir rien écrit', async () => {
    const { folder: place } = await write();
    const file = path.join(place, 'tables', 'deliberations.copy.gz');
    await writeFile(file, Buffer.concat([await readFile(file), Buffer.from('x')]));
    const target = await empty();
    await expect(restoreInto(target.owner)).rejects.toMatchObject({ code: 'restauration/altered-file' });
    expect(await target.owner.query(`SELECT to_regclass('collectivites') AS t`)).toEqual([{ t: null }]);
  });

  it('refuse un document abîmé : la base reste vide, et aucun processus ne la sert', async () => {
    await write();
    const file = path.join(at('copies'), DOCUMENTS, kept.empreinte.slice(0, 2), kept.empreinte);
    const good = await readFile(file);
    await writeFile(file, randomBytes(5_000));
    const target = await empty();
    await expect(restoreInto(target.owner)).rejects.toMatchObject({
      code: 'restauration/altered-documents',
    });
    expect(await target.owner.query('SELECT count(*)::int AS n FROM deliberations')).toEqual([{ n: 0 }]);
    expect(await refusalToServe(target.owner)).toContain('restauration');

    // Le document retrouvé, la même commande finit ce qu'elle avait commencé, et la refaire n'ajoute rien.
    await writeFile(file, good);
    await restoreInto(target.owner);
    await restoreInto(target.owner);
    expect(await contentOf(target.owner)).toEqual(await contentOf(source.owner));
  });

  it('marque de son image ce qui n’était pas fini, et rien d’autre', async () => {
    const ledger = await TestLedger.open(source.owner, { siren: '213402999' as never });
    const { transmission } = await ledger.deposit({ pieces: [], numeroInterne: 'RETIRE' as never });
    await source.owner.query(
      `UPDATE transmissions SET state = 'withdrawn', version = version + 1 WHERE id = $1`,
      [transmission.id],
    );
    const { manifest } = await write();
    const target = await empty();
    await restoreInto(target.owner);
    expect(
      await target.owner.query(
        'SELECT state, image_du AS "imageDu", image_cycle AS cycle FROM transmissions ORDER BY state',
      ),
    ).toEqual([
      { state: 'sealed', imageDu: new Date(manifest.imageDu), cycle: 1 },
      { state: 'withdrawn', imageDu: null, cycle: null },
    ]);
  });

  it('n’a besoin que d’un propriétaire ordinaire de la base, gardes comprises', async () => {
    const { manifest } = await write();
    const target = await freshDatabaseOfPlainOwner();
    opened.push(target);
    expect(
      await target.owner.query('SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user'),
    ).toEqual([{ super: false }]);
    const books = await restoreInto(target.owner);
    await finishRestauration(
      target.owner,
      books,
      { retenues: 0, incertaines: 0, enRetard: 0, refusees: 0 },
      [],
      NOW,
    );
    expect(await contentOf(target.owner)).not.toEqual({});
    expect(manifest.chaines.length).toBeGreaterThan(0);
    expect(await refusalToServe(target.owner)).toBeNull();
    await expect(target.owner.query(`UPDATE audit_entries SET motif = 'x'`)).rejects.toThrow(
      'ne se modifie pas',
    );
    // Il sauvegarde aussi ce qu'il possède.
    const again = await new WriteSauvegarde(target.owner, new FileDocumentStore(at('neuf'))).execute({
      root: at('secondes'),
      version: '1',
    });
    expect(again.manifest.documents.nombre).toBe(2);
  });

  it('fait avancer les numéros d’enveloppe du jour au-delà de ce que le service d’avant a pu donner', async () => {
    await write();
    const target = await empty();
    const books = await restoreInto(target.owner);
    const [commune]: { id: never; siren: string }[] = await target.owner.query(
      'SELECT id, siren FROM collectivites',
    );
    if (!commune) throw new Error('sans commune');
    const resumed = { retenues: 0, incertaines: 0, enRetard: 0, refusees: 0 };
    await finishRestauration(target.owner, books, resumed, [{ ...commune, jour: '2022-11-02' }], NOW);
    expect(
      await target.owner.query(`SELECT dernier FROM compteurs_enveloppes WHERE jour = '2022-11-02'`),
    ).toEqual([{ dernier: 1_001 }]);
  });
});

describe('les références', () => {
  it('sont toutes dans la vue : une colonne qui désigne un contenu et n’y est pas se ferait purger', async () => {
    const columns: { nom: string }[] = await source.owner.query(
      `SELECT c.relname || '.' || a.attname AS nom FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT a.attisdropped
        AND (a.attname LIKE '%empreinte%' OR (a.atttypid = 'bpchar'::regtype AND a.atttypmod = 68)) ORDER BY 1`,
    );
    const used: { nom: string }[] = await source.owner.query(
      `SELECT DISTINCT table_name || '.' || column_name AS nom FROM information_schema.view_column_usage
        WHERE view_name = 'documents_references' AND column_name LIKE '%empreinte%'`,
    );
    // Ce qui porte une empreinte sans être un contenu du dépôt, et pourquoi.
    const others = [
      'audit_entries.empreinte', // une ligne du journal
      'audit_entries.empreinte_precedente',
      'chaines_audit.empreinte',
      'constats_documents.empreinte', // ce qu'on a vu, qui ne retient rien
      'jetons.empreinte', // un secret
      'sessions.empreinte',
      'sessions.jeton',
      'requetes.empreinte_demande', // une demande
    ];
    const listed = new Set([...used.map(({ nom }) => nom), ...others]);
    expect(columns.map(({ nom }) => nom).filter((nom) => !listed.has(nom))).toEqual([]);
    expect(used.length).toBeGreaterThanOrEqual(6);
  });

  it('désignent un contenu sous la forme qu’un dépôt lui donne', async () => {
    const rows: { empreinte: Empreinte }[] = await source.owner.query(
      'SELECT empreinte FROM documents_references',
    );
    for (const { empreinte } of rows) expect(await documents.sizeOf(empreinte)).not.toBeNull();
    expect(rows).toHaveLength(2);
  });
});
