import path from 'node:path';
import { DepositorBook } from '../faults/depositor-book';
import type { DepositedActe } from '../faults/depositor-book';
import { OurBook } from '../faults/our-book';
import { isTurnedDown, PrefectureBook } from '../faults/prefecture-book';
import { verifyAuditChains } from '../journeys/runner/audit-chain';
import { openInstance } from '../processes/open-instance';
import type { OwnInstance } from '../processes/own-instance';
import { LostService } from './lost-service';
import { OutsideCopy } from './outside-copy';
import { runCommand } from './run-command';

const USAGE = `Emploi : npm run -s essai:restauration -- [--actes N] [--collectivites C] [--copie 1] [--json]
  --actes N          actes déposés, d'avant et d'après la sauvegarde (120, au moins 16)
  --collectivites C  collectivités qui déposent (4)
  --copie 1          l’image est la copie d’un autre outil, reprise par « reprendre » (0 : nos sauvegardes, par « restaurer »)
Sauvegarde en plein trafic, perte de tout, restauration dans une base vide, reprise ; la préfecture simulée garde son registre.
Codes de sortie : 0 rien n'est perdu de ce que l'image portait, ni envoyé deux fois ; 1 sinon ; 2 mal employé ; 130 interrompu.`;

const QUICK = {
  RELEVE_PERIODE_MS: '500',
  BALAYAGE_PERIODE_MS: '1000',
  RECONCILIATION_DELAI_MS: '2000',
  RENVOI_DELAI_MS: '500',
  OUBLI_DELAI_MS: '4000',
  SIMULATEUR_DELAI_MS: '1500',
};
const AT_FULL_RATE = 100_000;
/** Actes sous enveloppe dans l'image, puis retenus, remis en file et partis sous un autre nom : ceux qu'une recherche par nom croit absents. */
const RENAMED = 3;

runCommand(
  USAGE,
  { '--actes': 120, '--collectivites': 4, '--copie': 0 },
  async ({ numbers, isJson, say, print, signal, opened }) => {
    const { actes = 0, collectivites = 0, copie = 0 } = numbers;
    if (actes < 16 || collectivites < 1) {
      process.stderr.write(`${USAGE}\n`);
      return 2;
    }
    const service = await openInstance(opened, { workers: 2, settings: QUICK, signal });
    const lost = new LostService(service, signal);
    const outside = copie > 0 ? new OutsideCopy(service) : null;
    const ranks = Array.from({ length: collectivites }, (_, index) => index + 1);
    const depositors = await Promise.all(ranks.map((rank) => service.register(rank, signal)));
    const book = new DepositorBook(service.addresses.api, depositors, 1, signal);
    /** Dépose encore `count` actes ; les déposés d'avant gardent leurs numéros. */
    const traffic = async (count: number): Promise<readonly DepositedActe[]> => {
      const from = book.actes.length;
      await book.depositAll(count, 4, () => Promise.resolve(), from);
      return book.actes.slice(from);
    };
    const quarter = Math.floor(actes / 4);

    say(
      'trafic : la préfecture reçoit, puis un débit d’un acte par heure garde les suivants sous enveloppe.',
    );
    await traffic(quarter);
    await lost.throttle(1);
    await traffic(quarter);
    await lost.until('rien n’est sous enveloppe', async (book) => (await sealedOf(book)).length > RENAMED);

    // Travailleurs figés, l'image en trouve aussi en file, et les dépôts continuent pendant qu'elle se prend.
    for (const name of ['worker-1', 'worker-2']) service.part(name).signal('SIGSTOP');
    await traffic(Math.ceil(quarter / 2));
    const promised = [...book.actes];
    const copies = path.join(service.folder, 'sauvegardes');
    // La copie d'un autre outil coupe les connexions un instant : les dépôts la suivent au lieu de l'accompagner.
    const outsideImage = await outside?.take();
    const [backup, during] = await Promise.all([
      outsideImage === undefined
        ? service.console(['sauvegarder', '--vers', copies, '--json'], signal)
        : null,
      traffic(Math.floor(quarter / 2)),
    ]);
    const imageDu = outsideImage ?? (JSON.parse(backup ?? '{}') as { imageDu: string }).imageDu;
    for (const name of ['worker-1', 'worker-2']) service.part(name).signal('SIGCONT');
    say(`image du ${imageDu}.`);

    const before = await OurBook.open(service.databaseUrl);
    const renamed = (await sealedOf(before)).slice(0, RENAMED);
    await before.close();
    for (const { id } of renamed) await lost.decide(id, 'retenue', 'À revoir');
    await lost.throttle(AT_FULL_RATE);
    for (const { id } of renamed) await lost.decide(id, 'reprise', 'Revu');
    const late = await traffic(quarter);
    const identifiants = renamed.map(({ identifiant }) => identifiant);
    await lost.until('les actes repris n’arrivent pas', async () => {
      const there = (await PrefectureBook.read(service)).archivesByActe();
      return identifiants.every((one) => there.get(one)?.some(({ etat }) => etat !== 'prise'));
    });
    await lost.destroy();
    const takenBefore = (await PrefectureBook.read(service)).registre.archives.length;
    say(`tout est perdu, ${takenBefore} archives à la préfecture ; on restaure.`);

    const begun = performance.now();
    await outside?.putBack();
    const restart = outside ? ['reprendre', '--image', imageDu] : ['restaurer', '--depuis', copies];
    const restored = JSON.parse(await service.console([...restart, '--json'], signal)) as {
      retenues: number;
      incertaines: number;
      enRetard: number;
    };
    const restoreS = (performance.now() - begun) / 1_000;
    await service.console(['audit', 'verifier', '--json'], signal);
    await service.console(['documents', 'verifier', '--tout', '--json'], signal);
    await lost.restart();
    await lost.throttle(AT_FULL_RATE);
    await lost.quiet();
    const alone = await statesOf(service);
    say(`le service seul : ${texts(alone)} ; les opérateurs demandent le reste à la préfecture.`);
    const { askedAgain, resubmitted } = await operate(service, lost);
    await lost.quiet();

    const faults = await confront(service, promised);
    const states = await statesOf(service);
    const after = await PrefectureBook.read(service);
    const figures = {
      actes,
      promis: promised.length,
      pendantLaSauvegarde: during.length,
      apresLaSauvegarde: late.length,
      repartisSousUnAutreNom: renamed.length,
      restaurationS: restoreS,
      ...restored,
      accusesRedemandes: askedAgain,
      remisEnFile: resubmitted,
      etats: states,
      archives: after.registre.archives.length,
      fautes: faults,
    };
    print(
      isJson
        ? JSON.stringify({ ...figures, conforme: faults.length === 0 })
        : [
            `${promised.length} actes promis avant la sauvegarde, ${during.length} pendant, ${late.length} après ; ${renamed.length} repartis sous un autre nom.`,
            `Restauré en ${restoreS.toFixed(1).replace('.', ',')} s : ${restored.retenues} retenus, ${restored.incertaines} incertains, ${restored.enRetard} accusés à redemander.`,
            `Opérateurs : ${askedAgain} accusés redemandés, ${resubmitted} actes remis en file que la préfecture n’avait pas.`,
            `À la fin : ${texts(states)} ; ${after.registre.archives.length} archives à la préfecture.`,
            ...faults,
            faults.length === 0 ? 'conforme' : 'NON CONFORME',
          ].join('\n'),
    );
    return faults.length === 0 ? 0 : 1;
  },
);

const texts = (states: Readonly<Record<string, number>>): string =>
  Object.entries(states)
    .map(([state, n]) => `${state} ${n}`)
    .join(', ');

async function sealedOf(book: OurBook): Promise<readonly { id: string; identifiant: string }[]> {
  return book.query(
    `SELECT deliberation_id AS id, identifiant_acte AS identifiant FROM transmissions WHERE state = 'sealed' ORDER BY since, id`,
  );
}

async function statesOf(service: OwnInstance): Promise<Readonly<Record<string, number>>> {
  const book = await OurBook.open(service.databaseUrl);
  const rows = await book.query<{ state: string; n: number }>(
    'SELECT state, count(*)::int AS n FROM transmissions GROUP BY state ORDER BY state',
  );
  await book.close();
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** Ce que docs/sauvegarde.md demande : chercher l'acte en face par son identifiant ; il y est, redemander l'accusé ; sinon, le remettre en file. */
async function operate(
  service: OwnInstance,
  lost: LostService,
): Promise<{ readonly askedAgain: number; readonly resubmitted: number }> {
  const book = await OurBook.open(service.databaseUrl);
  const waiting = (await book.actes()).filter(({ state }) => state === 'held' || state === 'awaiting-ack');
  await book.close();
  const prefecture = await PrefectureBook.read(service);
  const there = prefecture.archivesByActe();
  const tally = { askedAgain: 0, resubmitted: 0 };
  for (const acte of waiting) {
    const accepted = there.get(acte.identifiant_acte)?.find((archive) => !isTurnedDown(archive));
    if (accepted) {
      for (const id of accepted.retours) await service.pilot('POST', `/pilotage/retours/${id}/remise`, {});
      tally.askedAgain += 1;
    } else if (acte.state === 'held') {
      await lost.decide(acte.id, 'reprise', 'La préfecture ne l’a pas');
      tally.resubmitted += 1;
    }
  }
  return tally;
}

/** Rien de promis n'est perdu, tout est acquitté, rien n'est deux fois à la préfecture, les livres et les documents se tiennent. */
async function confront(
  service: OwnInstance,
  promised: readonly DepositedActe[],
): Promise<readonly string[]> {
  const book = await OurBook.open(service.databaseUrl);
  const actes = new Map((await book.actes()).map((acte) => [acte.id, acte]));
  const archives = (await PrefectureBook.read(service)).archivesByActe();
  const unkept = promised.flatMap(({ numeroInterne, siren, answers }) => {
    const acte = actes.get(answers[0]?.id ?? '');
    if (!acte) return [`${siren} ${numeroInterne} : promis, introuvable`];
    return acte.state === 'acknowledged'
      ? []
      : [`${siren} ${numeroInterne} : ${acte.state} (${acte.stop_code})`];
  });
  const twice = [...archives].flatMap(([identifiant, taken]) =>
    taken.length > 1 && !taken.slice(0, -1).every(isTurnedDown)
      ? [`${identifiant} : ${taken.map(({ nom }) => nom).join(', ')}`]
      : [],
  );
  const audit = await verifyAuditChains(service.databaseUrl);
  const documents = await book.verifyDocuments(path.join(service.folder, 'stockage'));
  const histories = await book.verifyHistories();
  await book.close();
  return [...unkept, ...twice, ...audit.faults, ...documents.faults, ...histories.faults];
}
