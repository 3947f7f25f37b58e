import { ARCHIVE_MAX_BYTES } from '@teletransmission/actes';
import { CONCERNS } from '../../config/concerns';
import { projectFiles, read } from './project-files';

const text = read('docs/deploiement.md');
/** Ce qui se règle ailleurs que dans le service : le compose, Node. */
const ELSEWHERE = ['POSTGRES_PASSWORD', 'SERVICE_PASSWORD', 'REDIS_PASSWORD', 'NODE_EXTRA_CA_CERTS'];

describe('docs/deploiement.md', () => {
  it('ne nomme que des réglages qui existent', () => {
    const known = new Set([
      ...ELSEWHERE,
      ...Object.values(CONCERNS).flatMap((concern) => Object.keys((concern.in as { shape: object }).shape)),
    ]);
    const named = [...text.matchAll(/\b[A-Z]{3,}(?:_[A-Z]+)+\b/g)].map(([name]) =>
      name.replace(/_FILE$/, ''),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('laisse passer au mandataire le plus gros dépôt', () => {
    const limits = [...text.matchAll(/(?:max_size|client_max_body_size)\s+160(m|MB)/g)];
    expect(limits).toHaveLength(2);
    expect(160 * 1_000_000).toBeGreaterThan(ARCHIVE_MAX_BYTES);
  });

  it('a la section que les refus du service citent', () => {
    const cited = projectFiles().flatMap((file) =>
      file.endsWith('.ts') && !file.endsWith('.spec.ts')
        ? [...read(file).matchAll(/docs\/deploiement\.md, « ([^»]+) »/g)].map(([, title]) => title)
        : [],
    );
    expect(cited.length).toBeGreaterThan(0);
    for (const title of cited) expect(text).toContain(`## ${title}\n`);
  });
});
