import type { AuditEntry, CompteId } from '@teletransmission/teletransmission';
import { v7 } from 'uuid';
import { freshDatabase } from '../../../test/fresh-database';
import type { FreshDatabase } from '../../../test/fresh-database';
import { expectNothingWritten } from '../../../test/nothing-written';
import { empreinteOf, TestLedger } from '../../../test/test-ledger';

let database: FreshDatabase;
let ledger: TestLedger;
beforeAll(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
});
afterAll(() => database.close());

const BAD_AUDIT: Partial<AuditEntry> = { evenement: 'inventé', etatAvant: 'received', etatApres: 'applied' };

describe('un dépôt', () => {
  it.each([
    ['sa délibération', { objet: '' }],
    ['son déposant', { deposeePar: v7() as CompteId }],
    [
      'son vote',
      {
        vote: {
          votants: 1,
          pour: 0,
          contre: 1,
          abstentions: 0,
          blancs: 0,
          nuls: 0,
          voixPreponderante: false,
        },
      },
    ],
    [
      'une pièce',
      {
        pieces: [
          {
            rang: 0,
            typePiece: '99_DE',
            nomFichier: 'a',
            empreinte: empreinteOf('a'),
            tailleOctets: 0,
            format: 'pdf' as const,
            remarques: [],
            signature: null,
          },
        ],
      },
    ],
  ])('dont %s échoue n’écrit rien', async (_, changes) => {
    await expectNothingWritten(database.dataSource, () =>
      ledger.deliberations.deposit(ledger.aDeposit(changes)),
    );
  });

  it('dont l’audit, le message ou la clé échoue n’écrit rien', async () => {
    const deposit = ledger.aDeposit();
    await expectNothingWritten(database.dataSource, () =>
      ledger.deliberations.deposit({ ...deposit, audit: { ...deposit.audit, ...BAD_AUDIT } }),
    );
    await expectNothingWritten(database.dataSource, () =>
      ledger.deliberations.deposit({
        ...deposit,
        outbox: { ...deposit.outbox, job: 'travail-inconnu' as never },
      }),
    );
    const idempotency = { cle: 'c'.repeat(201), empreinteDemande: 'a'.repeat(64) };
    await expectNothingWritten(database.dataSource, () =>
      ledger.deliberations.deposit({ ...deposit, idempotency }),
    );
  });

  it('du même acte par vingt demandes simultanées n’est pris qu’une fois', async () => {
    const deposits = Array.from({ length: 20 }, () => ledger.aDeposit({ numeroInterne: 'COURSE' as never }));
    const outcomes = await Promise.all(deposits.map((deposit) => ledger.deliberations.deposit(deposit)));
    const kinds = outcomes.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['deposited', ...Array<string>(19).fill('identifiant-taken')]);
  });

  it('rejoué vingt fois ensemble sous la même clé rend vingt fois le même reçu', async () => {
    const idempotency = { cle: 'rejeu', empreinteDemande: 'b'.repeat(64) };
    const deposits = Array.from({ length: 20 }, () => ({
      ...ledger.aDeposit({ numeroInterne: 'REJEU' as never }),
      idempotency,
    }));
    const outcomes = await Promise.all(deposits.map((deposit) => ledger.deliberations.deposit(deposit)));
    const winner = deposits[outcomes.findIndex(({ kind }) => kind === 'deposited')];
    const receipts = outcomes.flatMap((outcome) => (outcome.kind === 'key-taken' ? [outcome.receipt] : []));
    expect(receipts).toEqual(Array(19).fill(winner?.receipt));
  });
});
