import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import type { Instant } from '@teletransmission/kernel';
import { Ledger } from '../ledger/ledger';
import { JetonGuard } from './jeton-guard';
import { problemException } from './problem-exception';

/** Une archive prise. */
export interface ArchivePrise {
  readonly nom: string;
  readonly empreinte: string;
  readonly tailleOctets: number;
  readonly recueLe: Instant;
}

/** La question de qui a perdu une réponse : cette archive a-t-elle été prise ? */
@Controller('actes/archives')
@UseGuards(JetonGuard)
export class ArchivesController {
  constructor(private readonly ledger: Ledger) {}

  @Get(':nom')
  lookUp(@Param('nom') nom: string): ArchivePrise {
    const prise = this.ledger.registre.archives.get(nom)?.prise;
    if (!prise) {
      throw problemException(404, {
        code: 'archives/unknown',
        detail: `L'archive ${nom} n'a pas été prise.`,
      });
    }
    return { nom, empreinte: prise.empreinte, tailleOctets: prise.tailleOctets, recueLe: prise.recueLe };
  }
}
