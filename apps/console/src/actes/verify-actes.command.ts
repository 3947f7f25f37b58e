import { checkArchiveAller, parseNomEnveloppe, validateXml } from '@teletransmission/actes';
import type { Problem } from '@teletransmission/kernel';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ReportedFailure } from '../output/outcome';
import type { Printable } from '../output/print';
import type { ActesFile } from './open-actes-file';
import { openActesFile } from './open-actes-file';

interface Finding {
  readonly fichier: string;
  readonly ligne: number | null;
  readonly regle: string;
  readonly detail: string;
}

function xmlFindings(fichier: string, octets: Uint8Array): readonly Finding[] {
  return validateXml(octets).map(({ ligne, regle, chemin, detail }) => ({
    fichier,
    ligne,
    regle,
    detail: `${chemin} : ${detail}`,
  }));
}

async function findingsOf(file: string, content: ActesFile): Promise<readonly Finding[]> {
  const nomArchive = path.basename(file);
  if (content.kind === 'xml') return xmlFindings(nomArchive, content.octets);
  const nom = parseNomEnveloppe(nomArchive);
  if (nom.ok && nom.value.sens === 'retour') {
    return content.fichiers.flatMap(({ nom: fichier, octets }) =>
      octets ? xmlFindings(fichier, octets) : [],
    );
  }
  const { size } = await stat(file);
  return checkArchiveAller({ nomArchive, fichiers: content.fichiers, tailleOctets: size }).map(
    ({ code, fichier, detail }) => ({
      fichier: fichier ?? nomArchive,
      ligne: Number(/^Ligne (\d+)/.exec(detail)?.[1] ?? NaN) || null,
      regle: code,
      detail,
    }),
  );
}

function lineOf({ fichier, ligne, regle, detail }: Finding): string {
  return `${fichier}${ligne === null ? '' : `:${ligne}`}  ${regle}  ${detail}`;
}

/** `actes verifier FICHIER` : toutes les fautes d'un XML ou d'une archive, avec ligne et règle. */
export async function verifyActes(file: string, asJson: boolean): Promise<Printable> {
  const findings = await findingsOf(file, await openActesFile(file));
  if (findings.length === 0)
    return { json: { fichier: file, conforme: true, violations: [] }, lines: [`${file} : conforme.`] };
  if (asJson)
    process.stdout.write(`${JSON.stringify({ fichier: file, conforme: false, violations: findings })}\n`);
  else for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
  const problem: Problem = { code: 'actes/not-conforming', detail: `${findings.length} faute(s).` };
  throw new ReportedFailure(problem);
}
