import { createHash } from 'node:crypto';
import type { ChainHead } from './chain-walk';

const TITLE = '# Ancre du journal d’audit de la télétransmission';
const HEAD = /^(\S+) (\d+) ([0-9a-f]{64})$/;

/** Un fichier qui n'est pas une ancre, ou plus : la raison, pour qui l'a donné. */
export class MalformedAnchor extends Error {
  readonly code = 'audit/malformed-anchor';
}

/**
 * Une ancre en texte : une ligne « chaîne rang empreinte » par chaîne, puis l'empreinte de tout ce qui précède, qui trahit une copie
 * abîmée. À garder hors de la machine, signée si l'on veut : elle ne prouve que ce que prouve son lieu de garde.
 * @param at l'instant de la prise, en ISO 8601 UTC.
 */
export function writeAnchor(heads: readonly ChainHead[], at: string): string {
  const body = [
    TITLE,
    `# ${at}`,
    ...heads.map((head) => `${head.chaine} ${head.rang} ${head.empreinte}`),
    '',
  ].join('\n');
  return `${body}# sha256 ${createHash('sha256').update(body).digest('hex')}\n`;
}

/** Relit une ancre. @throws MalformedAnchor quand elle est incomplète ou modifiée. */
export function readAnchor(text: string): readonly ChainHead[] {
  const plain = text.replaceAll('\r\n', '\n');
  const match = /^([\s\S]*\n)# sha256 ([0-9a-f]{64})\n*$/.exec(plain);
  const body = match?.[1] ?? '';
  if (!body.startsWith(TITLE))
    throw new MalformedAnchor('Ce fichier n’est pas une ancre du journal d’audit.');
  if (createHash('sha256').update(body).digest('hex') !== match?.[2])
    throw new MalformedAnchor('Cette ancre a été modifiée ou coupée depuis sa prise.');
  return body
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, chaine, rang, empreinte] = HEAD.exec(line) ?? [];
      if (chaine === undefined || rang === undefined || empreinte === undefined)
        throw new MalformedAnchor(`Cette ligne de l’ancre ne se lit pas : « ${line} ».`);
      return { chaine, rang: Number(rang), empreinte };
    });
}
