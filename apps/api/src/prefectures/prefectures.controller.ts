import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte, Prefecture, PrefectureDecision } from '@teletransmission/teletransmission';
import { RegulatePrefecture } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody } from '../request/parse-body';
import type { z } from 'zod';
import type { PrefecturesBody, ReglagesBody } from './prefecture.schema';
import { suspensionSchema } from './prefecture.schema';

function reglagesOf(prefecture: Prefecture): ReglagesBody {
  const { liaisonId, departement, fuseau, actesParHeure, octetsParHeure, pause } = prefecture;
  const fenetres = prefecture.fenetres.map((fenetre) => ({ ...fenetre, jours: [...fenetre.jours] }));
  const interruptions = [...prefecture.interruptions];
  return { liaisonId, departement, fuseau, actesParHeure, octetsParHeure, fenetres, interruptions, pause };
}

function decisionOf({
  motif,
  liaison,
}: z.output<typeof suspensionSchema>): Pick<PrefectureDecision, 'motif' | 'liaison'> {
  return liaison === undefined ? { motif } : { motif, liaison };
}

/** L'autre bout de la liaison : ce qui y attend et pourquoi ; suspendre une préfecture, et non toutes. */
@Controller('v1/prefectures')
export class PrefecturesController {
  constructor(@Inject(RegulatePrefecture) private readonly regulate: RegulatePrefecture) {}

  @Get()
  async list(@CurrentCompte() compte: Compte): Promise<PrefecturesBody> {
    const views = unwrap(await this.regulate.list(compte));
    return {
      prefectures: views.map(({ prefecture, circuit, attentes, ...counts }) => ({
        ...reglagesOf(prefecture),
        ...counts,
        liaison: {
          etat: circuit.state,
          prochainEssai: circuit.probeAt,
          code: circuit.code,
          detail: circuit.detail,
        },
        attentes: [...attentes],
      })),
    };
  }

  @Post(':departement/pause')
  @HttpCode(200)
  async pause(
    @CurrentCompte() compte: Compte,
    @Param('departement') departement: string,
    @Body() body: unknown,
  ): Promise<ReglagesBody> {
    const decided = parseBody(suspensionSchema, body);
    return reglagesOf(unwrap(await this.regulate.pause({ compte, departement, ...decisionOf(decided) })));
  }

  @Post(':departement/reprise')
  @HttpCode(200)
  async resume(
    @CurrentCompte() compte: Compte,
    @Param('departement') departement: string,
    @Body() body: unknown,
  ): Promise<ReglagesBody> {
    const decided = parseBody(suspensionSchema, body);
    return reglagesOf(unwrap(await this.regulate.resume({ compte, departement, ...decisionOf(decided) })));
  }
}
