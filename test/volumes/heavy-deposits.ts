import { pdfChunks } from '@teletransmission/testkit';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { OurBook } from '../faults/our-book';
import { openInstance } from '../processes/open-instance';
import type { OwnInstance } from '../processes/own-instance';
import type { Depositor } from '../processes/own-instance';
import { runCommand } from './run-command';

const USAGE = `Emploi : npm run -s essai:memoire -- [--depots N] [--mo M] [--borne B] [--front F] [--json]
  --depots N  dépôts (50)
  --mo M      taille du document de chacun, en millions d'octets (150 ; l'archive en admet 157)
  --borne B   mémoire que Node peut prendre pour ses objets, API et travailleurs, en Mio (192)
  --front F   dépôts de front (2)
Les documents s'effacent à mesure, ici et à la préfecture : il faut sur le disque une dizaine de fois M Mo.
Codes de sortie : 0 tout est acquitté et la mémoire est plate ; 1 sinon ; 2 mal employé ; 130 interrompu.`;

const MEASURED = ['api', 'worker-1', 'worker-2'];
/** Au-delà, la mémoire suit le nombre des dépôts ; en deçà, c'est le ramasse-miettes qui respire. */
const GROWTH_MAX_MO = 60;
const ACKNOWLEDGED_WITHIN_MS = 300_000;

runCommand(
  USAGE,
  { '--depots': 50, '--mo': 150, '--borne': 192, '--front': 2 },
  async ({ numbers, isJson, say, print, signal, opened }) => {
    const { depots = 0, mo = 0, borne = 0, front = 0 } = numbers;
    const service = await openInstance(opened, {
      workers: 2,
      settings: { RELEVE_PERIODE_MS: '500', SIMULATEUR_DELAI_MS: '100' },
      nodeArgsOf: (name) => (MEASURED.includes(name) ? [`--max-old-space-size=${borne}`] : []),
      signal,
    });
    const depositor = await service.register(1, signal);
    const book = await OurBook.open(service.databaseUrl);
    opened.push({ close: () => book.close() });
    const atRest = peaksOf(service);
    const peaks: (readonly number[])[] = [];
    const started = performance.now();
    let next = 1;
    const depositSome = async (): Promise<void> => {
      while (next <= depots) {
        const rank = next;
        next += 1;
        const id = await depositHeavy(service, depositor, rank, mo * 1_000_000, signal);
        await acknowledged(book, id, signal);
        await forget(book, id, service.folder);
        peaks.push(peaksOf(service));
        say(`${peaks.length}/${depots} acquittés ; pic depuis le précédent : ${named(peaks.at(-1) ?? [])}`);
      }
    };
    await Promise.all(Array.from({ length: front }, depositSome));
    const seconds = (performance.now() - started) / 1_000;
    const third = Math.max(1, Math.floor(depots / 3));
    const growth = MEASURED.map(
      (_, column) => highest(peaks.slice(-third), column) - highest(peaks.slice(0, third), column),
    );
    const highestOf = MEASURED.map((_, column) => highest(peaks, column));
    const deaths = [...service.parts.values()].flatMap((part) => part.deaths);
    const isFlat = growth.every((one) => one <= GROWTH_MAX_MO);
    const isGood = isFlat && deaths.length === 0;
    print(
      isJson
        ? JSON.stringify({
            depots,
            mo,
            borne,
            secondes: seconds,
            processus: MEASURED,
            auReposMo: atRest,
            picMo: highestOf,
            croissanceMo: growth,
            morts: deaths,
            plate: isFlat,
          })
        : [
            `${depots} dépôts de ${mo} Mo (${((depots * mo) / 1_000).toFixed(1)} Go) en ${Math.round(seconds)} s, tous acquittés ; objets de Node bornés à ${borne} Mio.`,
            `Au repos : ${named(atRest)}.`,
            `Pic de mémoire vive : ${named(highestOf)}.`,
            `Du premier au dernier tiers : ${named(growth)} de plus — ${isFlat ? 'plate' : 'NON plate'} (limite ${GROWTH_MAX_MO} Mo).`,
            deaths.length === 0
              ? 'Aucun processus n’est mort.'
              : `Morts : ${deaths.map(({ name }) => name).join(', ')}`,
          ].join('\n'),
    );
    return isGood ? 0 : 1;
  },
);

const named = (values: readonly number[]): string =>
  MEASURED.map((name, index) => `${name} ${Math.round(values[index] ?? 0)} Mo`).join(', ');
const highest = (rows: readonly (readonly number[])[], column: number): number =>
  Math.max(...rows.map((row) => row[column] ?? 0));

/** Le pic de mémoire vive de chacun depuis la dernière lecture, en Mo ; le noyau remet le sien à zéro quand on le lui demande. */
function peaksOf(service: OwnInstance): readonly number[] {
  return MEASURED.map((name) => {
    const { pid } = service.part(name);
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * 1024) / 1e6;
  });
}

async function depositHeavy(
  service: OwnInstance,
  depositor: Depositor,
  rank: number,
  bytes: number,
  signal: AbortSignal,
): Promise<string> {
  const boundary = 'limite-de-l-essai';
  const dossier = {
    collectivite: depositor.siren,
    numeroInterne: `LOURD${rank}`,
    dateDecision: '2022-10-20',
    objet: `Acte lourd ${rank}`,
    matiere: '8.1',
    vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
    document: { fichier: 'extrait.pdf' },
    annexes: [],
  };
  const body = function* (): Generator<Buffer> {
    yield Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="dossier"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(dossier)}\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="fichiers"; filename="extrait.pdf"\r\nContent-Type: application/pdf\r\n\r\n`,
    );
    yield* pdfChunks({ texte: `dépôt ${rank}`, pages: 40, octets: bytes });
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  };
  const request = http.request(`${service.addresses.api}/v1/deliberations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${depositor.jeton}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    signal,
  });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  const [response] = await Promise.all([answered, pipeline(Readable.from(body()), request)]);
  const said = await text(response);
  if (response.statusCode !== 201) throw new Error(`Dépôt ${rank} : ${String(response.statusCode)} ${said}`);
  return (JSON.parse(said) as { id: string }).id;
}

async function acknowledged(book: OurBook, id: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + ACKNOWLEDGED_WITHIN_MS;
  for (;;) {
    const [row] = await book.query<{ state: string; stop_detail: string | null }>(
      `SELECT state, stop_detail FROM transmissions WHERE deliberation_id = $1 AND flux = '1-1'`,
      [id],
    );
    if (row?.state === 'acknowledged') return;
    if (row?.state === 'held' || row?.state === 'rejected')
      throw new Error(`${row.state} : ${String(row.stop_detail)}`);
    if (performance.now() > deadline) throw new Error(`L’acte ${id} reste ${String(row?.state)}`);
    await delay(100, undefined, { signal });
  }
}

/** Rend la place : l'acte est acquitté, l'essai ne relira plus ses octets. */
async function forget(book: OurBook, id: string, folder: string): Promise<void> {
  const rows = await book.query<{ empreinte: string }>(
    `SELECT empreinte::text FROM pieces WHERE deliberation_id = $1 UNION ALL
      SELECT e.empreinte::text FROM enveloppes e JOIN transmissions t ON t.id = e.transmission_id WHERE t.deliberation_id = $1`,
    [id],
  );
  for (const { empreinte } of rows) {
    rmSync(path.join(folder, 'stockage', empreinte.slice(0, 2), empreinte), { force: true });
    rmSync(path.join(folder, 'prefecture', 'archives', `${empreinte}.tar.gz`), { force: true });
  }
}
