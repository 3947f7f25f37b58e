import type { ArchiveViolation, ControleRetour, RemarqueRetour } from '@teletransmission/actes';
import {
  checkArchiveAller,
  checkArchiveRetour,
  checkXmlRetour,
  isLectureRetour,
  readXmlRetour,
  validateXml,
} from '@teletransmission/actes';
import type { Problem } from '@teletransmission/kernel';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure, ReportedFailure } from '../output/outcome';
import type { Printable } from '../output/print';
import type { ActesFile } from './open-actes-file';
import { openActesFile } from './open-actes-file';

interface Finding {
  readonly fichier: string;
  readonly ligne: number | null;
  readonly regle: string;
  readonly detail: string;
}

interface Findings {
  readonly violations: readonly Finding[];
  /** Ce qui, d'un retour, se lit sans être comme prévu : à savoir, non à corriger. */
  readonly remarques: readonly Finding[];
}

function findingOf(nomArchive: string, { code, fichier, detail }: ArchiveViolation): Finding {
  const ligne = Number(/^Ligne (\d+)/.exec(detail)?.[1] ?? NaN) || null;
  return { fichier: fichier ?? nomArchive, ligne, regle: code, detail };
}

function retourFindings(nom: string, { violations, remarques }: ControleRetour): Findings {
  const remarqueOf = ({ regle, detail, ligne, fichier }: RemarqueRetour): Finding => ({
    fichier: fichier ?? nom,
    ligne: ligne ?? null,
    regle,
    detail,
  });
  return {
    violations: violations.map((violation) => findingOf(nom, violation)),
    remarques: remarques.map(remarqueOf),
  };
}

function xmlFindings(nom: string, octets: Uint8Array): Findings {
  const lecture = readXmlRetour(octets);
  if (lecture.ok && isLectureRetour(lecture.value)) return retourFindings(nom, checkXmlRetour(octets));
  const violations = validateXml(octets).map(({ ligne, regle, chemin, detail }) => ({
    fichier: nom,
    ligne,
    regle,
    detail: `${chemin} : ${detail}`,
  }));
  return { violations, remarques: [] };
}

async function findingsOf(file: string, content: ActesFile): Promise<Findings> {
  const nom = path.basename(file);
  if (content.kind === 'xml') return xmlFindings(nom, content.octets);
  if (content.kind === 'retour') return retourFindings(nom, checkArchiveRetour(content.contenu));
  if (content.refus) throw new CommandFailure(content.refus);
  const { size } = await stat(file);
  const { fichiers } = content;
  const violations = checkArchiveAller({ nomArchive: nom, fichiers, tailleOctets: size });
  return { violations: violations.map((violation) => findingOf(nom, violation)), remarques: [] };
}

function lineOf({ fichier, ligne, regle, detail }: Finding): string {
  return `${fichier}${ligne === null ? '' : `:${ligne}`}  ${regle}  ${detail}`;
}

/** `actes verifier FICHIER` : toutes les fautes d'un XML ou d'une archive, avec ligne et règle ; d'un retour, ses remarques aussi. */
export async function verifyActes(file: string, asJson: boolean): Promise<Printable> {
  const { violations, remarques } = await findingsOf(file, await openActesFile(file));
  const noted = remarques.map((remarque) => `${lineOf(remarque)} (remarque)`);
  if (violations.length === 0)
    return {
      json: { fichier: file, conforme: true, violations: [], remarques },
      lines: [...noted, `${file} : conforme.`],
    };
  if (asJson)
    process.stdout.write(`${JSON.stringify({ fichier: file, conforme: false, violations, remarques })}\n`);
  else for (const line of [...violations.map(lineOf), ...noted]) process.stdout.write(`${line}\n`);
  const problem: Problem = { code: 'actes/not-conforming', detail: `${violations.length} faute(s).` };
  throw new ReportedFailure(problem);
}
