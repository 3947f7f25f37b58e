import 'reflect-metadata';
import { readEnvironment } from '@teletransmission/config';
import type { Problem } from '@teletransmission/kernel';
import { Command, CommanderError } from 'commander';
import type { BindOptions } from './administration/liaison.commands';
import type { RegulateOptions } from './administration/prefecture.commands';
import type { AnchorOptions, VerifyAuditOptions } from './exploitation/audit.commands';
import type { ListOptions } from './deliberations/deliberations.commands';
import { helpTitle, misuseOf } from './output/misuse.fr';
import { CommandFailure, EXIT, misused, ReportedFailure } from './output/outcome';
import type { Printable } from './output/print';
import { print, printProblem } from './output/print';
import { systemReason } from './output/system-reason.fr';
import { TEXTS } from './texts.fr';
import { chooseInstance } from './wiring/instance';

/** Une commande ne charge que ce qu'elle emploie : lire un identifiant n'attend pas la bibliothèque de la base. */
const load = {
  sauvegarde: () => import('./exploitation/sauvegarde.commands.js'),
  reprise: () => import('./exploitation/reprise.commands.js'),
  documents: () => import('./exploitation/documents.commands.js'),
  audit: () => import('./exploitation/audit.commands.js'),
  comptes: () => import('./administration/compte.commands.js'),
  administration: () => import('./administration/administration.commands.js'),
  liaisons: () => import('./administration/liaison.commands.js'),
  prefectures: () => import('./administration/prefecture.commands.js'),
  deliberations: () => import('./deliberations/deliberations.commands.js'),
  identifiant: () => import('./actes/identifiant.command.js'),
  build: () => import('./actes/build-acte.command.js'),
  verify: () => import('./actes/verify-actes.command.js'),
  read: () => import('./actes/read-actes.command.js'),
  reference: () => import('./reference/write-reference.js'),
};

const asJson = process.argv.includes('--json');

/** Exécute une commande, écrit ce qu'elle rend, et donne au processus le code de sortie qui lui revient. */
async function run(work: () => Promise<Printable> | Printable): Promise<void> {
  try {
    print(await work(), asJson);
  } catch (error) {
    process.exitCode = failureOf(error);
  }
}

function failureOf(error: unknown): number {
  if (error instanceof CommandFailure) {
    if (!(error instanceof ReportedFailure)) printProblem(error.problem, asJson);
    return error.exitCode;
  }
  printProblem(defectOf(error), asJson);
  // Les mots d'une bibliothèque ne disent rien à qui lance une commande, et tout à qui la répare.
  if (readEnvironment()['TELETRANSMISSION_TRACE'] === '1')
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.refused;
}

function defectOf(error: unknown): Problem {
  const reason = systemReason(error);
  return reason === null
    ? {
        code: 'console/defect',
        detail:
          'La commande a échoué, par un défaut à signaler. Relancez-la avec TELETRANSMISSION_TRACE=1 pour en avoir le détail.',
      }
    : { code: 'console/system', detail: `La commande a échoué : ${reason}.` };
}

const program = new Command('teletransmission')
  .description(TEXTS.program)
  .option('--json', TEXTS.json)
  .helpOption('-h, --aide', TEXTS.help)
  .helpCommand(false)
  .usage('[options] <commande>')
  .configureHelp({ styleTitle: helpTitle })
  // Un mauvais emploi se dit plus bas, en français, et en JSON à qui le demande.
  .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
  .exitOverride()
  .hook('preAction', (_, action) => {
    chooseInstance(action.opts<{ data?: string }>().data);
  });

function command(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option('--json', TEXTS.json)
    .option('--data <dossier>', TEXTS.data)
    .helpOption('-h, --aide', TEXTS.help);
}

/** Un nom qui réunit des commandes : il n'est pas lui-même une commande. */
function group(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .usage('<commande> [options]')
    .helpOption('-h, --aide', TEXTS.help)
    .helpCommand(false);
}

const JETON = ['--jeton <jeton>', TEXTS.jeton] as const;

command(program, 'deposer <dossier>', TEXTS.deposer)
  .option(...JETON)
  .option('--cle <cle>', TEXTS.cle)
  .action((dossier: string, options: { jeton?: string; cle?: string }) =>
    run(async () => (await load.deliberations()).depositDossier(dossier, options)),
  );
command(program, 'suivre <reference>', TEXTS.suivre)
  .option(...JETON)
  .option('--attendre', TEXTS.attendre)
  .action((reference: string, options: { jeton?: string; attendre?: boolean }) =>
    run(async () => (await load.deliberations()).followDeliberation(reference, { ...options, json: asJson })),
  );
command(program, 'lister', TEXTS.lister)
  .option(...JETON)
  .option('--etat <etat>', TEXTS.etat)
  .option('--mots <mots>', TEXTS.mots)
  .option('--siren <siren>', TEXTS.siren)
  .option('--apres <curseur>', TEXTS.apres)
  .option('--limite <n>', TEXTS.limite)
  .action((options: ListOptions) => run(async () => (await load.deliberations()).listDeliberations(options)));
command(program, 'identifiant <texte>', TEXTS.identifiant).action((texte: string) =>
  run(async () => (await load.identifiant()).explainIdentifiant(texte)),
);

const actes = group('actes', TEXTS.actes);
command(actes, 'construire <acte>', TEXTS.construire)
  .requiredOption('--sortie <dossier>', TEXTS.sortie)
  .action((acte: string, options: { sortie: string }) =>
    run(async () => (await load.build()).buildActe(acte, options.sortie)),
  );
command(actes, 'verifier <fichier>', TEXTS.verifier).action((fichier: string) =>
  run(async () => (await load.verify()).verifyActes(fichier, asJson)),
);
command(actes, 'lire <fichier>', TEXTS.lire).action((fichier: string) =>
  run(async () => (await load.read()).readActes(fichier)),
);

const base = group('base', TEXTS.base);
command(base, 'migrer', TEXTS.migrer).action(() =>
  run(async () => (await load.administration()).migrateDatabase()),
);
const collectivite = group('collectivite', TEXTS.collectivite);
command(collectivite, 'inscrire <fichier>', TEXTS.inscrire).action((fichier: string) =>
  run(async () => (await load.administration()).registerCollectivite(fichier)),
);
command(collectivite, 'lister', TEXTS.collectiviteLister).action(() =>
  run(async () => (await load.administration()).listCollectivites()),
);
command(collectivite, 'relier <siren> <liaison>', TEXTS.relier)
  .requiredOption('--motif <motif>', TEXTS.motif)
  .option('--depuis <instant>', TEXTS.relierDepuis)
  .option(...JETON)
  .action((siren: string, liaison: string, options: BindOptions) =>
    run(async () => (await load.liaisons()).bindCollectivite(siren, liaison, options)),
  );
const liaison = group('liaison', TEXTS.liaison);
command(liaison, 'inscrire <fichier>', TEXTS.liaisonInscrire).action((fichier: string) =>
  run(async () => (await load.liaisons()).registerLiaison(fichier)),
);
command(liaison, 'lister', TEXTS.liaisonLister)
  .option(...JETON)
  .action((options: { jeton?: string }) => run(async () => (await load.liaisons()).listLiaisons(options)));
const compte = group('compte', TEXTS.compte);
command(compte, 'ouvrir', TEXTS.ouvrir)
  .requiredOption('--nom <nom>', TEXTS.nom)
  .requiredOption('--role <role>', TEXTS.role)
  .option('--siren <siren>', TEXTS.compteSiren)
  .option('--jours <n>', TEXTS.jours)
  .action((options: { nom: string; role: string; siren?: string; jours?: string }) =>
    run(async () => (await load.comptes()).openCompte(options)),
  );
command(compte, 'renouveler <id>', TEXTS.renouveler)
  .option('--jours <n>', TEXTS.jours)
  .option('--recouvrement <heures>', TEXTS.recouvrement)
  .action((id: string, options: { jours?: string; recouvrement?: string }) =>
    run(async () => (await load.comptes()).renewJeton(id, options)),
  );
command(compte, 'revoquer <id>', TEXTS.revoquer).action((id: string) =>
  run(async () => (await load.comptes()).revokeCompte(id)),
);
command(compte, 'lister', TEXTS.compteLister).action(() =>
  run(async () => (await load.comptes()).listComptes()),
);

command(program, 'sauvegarder', TEXTS.sauvegarder)
  .requiredOption('--vers <dossier>', TEXTS.vers)
  .option('--relire', TEXTS.relire)
  .action((options: { vers: string; relire?: boolean }) =>
    run(async () => (await load.sauvegarde()).writeSauvegarde(options.vers, options, asJson)),
  );
command(program, 'restaurer', TEXTS.restaurer)
  .requiredOption('--depuis <dossier>', TEXTS.depuis)
  .action((options: { depuis: string }) =>
    run(async () => (await load.sauvegarde()).restoreSauvegarde(options.depuis, asJson)),
  );
command(program, 'reprendre', TEXTS.reprendre)
  .requiredOption('--image <instant>', TEXTS.image)
  .action((options: { image: string }) => run(async () => (await load.reprise()).resumeImage(options.image)));
const documents = group('documents', TEXTS.documents);
command(documents, 'verifier', TEXTS.documentsVerifier)
  .option('--tout', TEXTS.tout)
  .action((options: { tout?: boolean }) =>
    run(async () => (await load.documents()).verifyDocuments(options.tout ?? false, asJson)),
  );
command(documents, 'purger', TEXTS.purger)
  .requiredOption('--avant <jours>', TEXTS.avant)
  .requiredOption('--motif <motif>', TEXTS.motif)
  .action((options: { avant: string; motif: string }) =>
    run(async () => (await load.documents()).purgeDocuments(options.avant, options.motif)),
  );
const audit = group('audit', TEXTS.audit);
command(audit, 'verifier', TEXTS.auditVerifier)
  .option('--siren <siren>', TEXTS.auditSiren)
  .option('--ancre <fichier>', TEXTS.ancre)
  .option('--api <adresse>', TEXTS.auditApi)
  .option(...JETON)
  .option('--fichier <fichiers...>', TEXTS.auditFichier)
  .action((options: VerifyAuditOptions) =>
    run(async () => (await load.audit()).verifyAudit(options, asJson)),
  );
command(audit, 'ancrer', TEXTS.ancrer)
  .option('--sortie <fichier>', TEXTS.ancreSortie)
  .option('--api <adresse>', TEXTS.auditApi)
  .option(...JETON)
  .action((options: AnchorOptions) => run(async () => (await load.audit()).anchorAudit(options)));

const prefecture = group('prefecture', TEXTS.prefecture);
command(prefecture, 'regler <departement>', TEXTS.regler)
  .requiredOption('--motif <motif>', TEXTS.motif)
  .option(...JETON)
  .option('--fuseau <fuseau>', TEXTS.fuseau)
  .option('--actes-par-heure <n>', TEXTS.actesParHeure)
  .option('--octets-par-heure <n>', TEXTS.octetsParHeure)
  .option('--fenetres <fichier>', TEXTS.fenetres)
  .option('--interruption <dates...>', TEXTS.interruption)
  .option('--lever-interruptions', TEXTS.leverInterruptions)
  .option('--liaison <liaison>', TEXTS.guichetLiaison)
  .action((departement: string, options: RegulateOptions) =>
    run(async () => (await load.prefectures()).regulatePrefecture(departement, options)),
  );
command(prefecture, 'lister', TEXTS.prefectureLister)
  .option(...JETON)
  .action((options: { jeton?: string }) =>
    run(async () => (await load.prefectures()).listPrefectures(options)),
  );

const local = group('local', TEXTS.local);
command(local, 'amorcer', TEXTS.amorcer)
  .requiredOption('--sortie <dossier>', TEXTS.sortie)
  .action((options: { sortie: string }) =>
    run(async () => (await load.administration()).primeLocal(options.sortie)),
  );
command(local, 'reference', TEXTS.reference)
  .requiredOption('--sortie <dossier>', TEXTS.sortie)
  .action((options: { sortie: string }) =>
    run(async () => {
      const dossier = await (await load.reference()).writeReference(options.sortie);
      return { json: { dossier }, lines: [dossier] };
    }),
  );

/** « --help » est le mot que tout le monde essaie ; l'aide n'en a qu'un. */
const argv = process.argv.map((word) => (word === '--help' ? '--aide' : word));

program.parseAsync(argv).catch((error: unknown) => {
  if (!(error instanceof CommanderError)) {
    process.exitCode = failureOf(error);
    return;
  }
  process.exitCode = error.exitCode === 0 ? EXIT.done : failureOf(misused(misuseOf(error)));
});
