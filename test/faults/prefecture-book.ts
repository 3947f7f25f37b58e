import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { RegistreView } from '../../apps/prefecture-simulator/src/http/registre-view';
import type { OwnInstance } from '../processes/own-instance';

type ArchiveAtPrefecture = RegistreView['archives'][number];

/** Le livre de la préfecture : ce qu'elle a pris, jugé, répondu, tel qu'elle le dit elle-même. */
export class PrefectureBook {
  private constructor(
    readonly registre: RegistreView,
    private readonly dossier: string,
  ) {}

  static async read(service: OwnInstance): Promise<PrefectureBook> {
    const registre = (await (await service.pilot('GET', '/pilotage/registre')).json()) as RegistreView;
    return new PrefectureBook(registre, path.join(service.folder, 'prefecture'));
  }

  /** Les archives d'actes, par identifiant, dans l'ordre de leur prise. */
  archivesByActe(): ReadonlyMap<string, readonly ArchiveAtPrefecture[]> {
    const byActe = new Map<string, ArchiveAtPrefecture[]>();
    for (const archive of this.registre.archives) {
      for (const { flux = '1-1', identifiantActe } of archive.actes) {
        if (flux !== '1-1' || identifiantActe === null) continue;
        byActe.set(identifiantActe, [...(byActe.get(identifiantActe) ?? []), archive]);
      }
    }
    return byActe;
  }

  /** Les SHA-256 des documents (hors XML) d'une archive, relus dans ses octets, triés. */
  async documentsOf({ empreinte }: ArchiveAtPrefecture): Promise<readonly string[]> {
    const tar = extract();
    createReadStream(path.join(this.dossier, 'archives', `${empreinte}.tar.gz`))
      .on('error', (error) => {
        tar.destroy(error);
      })
      .pipe(createGunzip())
      .on('error', (error) => {
        tar.destroy(error);
      })
      .pipe(tar);
    const documents: string[] = [];
    for await (const entry of tar) {
      const hash = createHash('sha256');
      for await (const chunk of entry as AsyncIterable<Buffer>) hash.update(chunk);
      if (!entry.header.name.endsWith('.xml')) documents.push(hash.digest('hex'));
    }
    return documents.sort();
  }

  /** Combien de fois une archive déjà prise lui a été présentée de nouveau, et reconnue. */
  get representations(): number {
    return this.registre.archives.reduce((sum, { presentations }) => sum + presentations - 1, 0);
  }
}

/** Vrai quand la préfecture a refusé cette archive : l'acte peut alors y revenir sans y être deux fois. */
export function isTurnedDown(archive: ArchiveAtPrefecture): boolean {
  return archive.anomalieEnveloppe !== null || archive.actes.every(({ verdict }) => verdict === 'anomalie');
}
