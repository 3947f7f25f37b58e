import { FileDocumentStore } from '@teletransmission/persistence';
import type { PieceContent } from '@teletransmission/teletransmission';
import { describeInspectorContract } from '@teletransmission/testkit';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { InspectionProcess } from './inspection-process';
import { StoredPieceInspector } from './stored-piece-inspector';

const folder = mkdtempSync(path.join(tmpdir(), 'pieces-'));
const documents = new FileDocumentStore(folder);
const opener = new InspectionProcess({ withinMs: 60_000, heapMib: 128, patienceMs: 60_000 });
const inspector = new StoredPieceInspector(documents, opener);
afterAll(() => {
  opener.close();
  rmSync(folder, { recursive: true });
});

const keep = (octets: Buffer): Promise<PieceContent> => documents.put(Readable.from([octets]));

describeInspectorContract('le processus d’ouverture', () => ({ inspector, keep }));

it('un contenu qui n’est plus là est une panne, et non un refus', async () => {
  const absent = { empreinte: 'f'.repeat(64) as PieceContent['empreinte'], tailleOctets: 100 };
  await expect(inspector.inspect(absent)).rejects.toMatchObject({ code: 'document/missing' });
});
