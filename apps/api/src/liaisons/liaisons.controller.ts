import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import { instantOf } from '@teletransmission/kernel';
import type { Compte } from '@teletransmission/teletransmission';
import { BindCollectivite } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody } from '../request/parse-body';
import type { LiaisonsBody, RattachementBody } from './liaison.schema';
import { rattachementDemandeSchema } from './liaison.schema';

/** Par où partent les actes : les liaisons, et la collectivité reliée à chacune. */
@Controller('v1')
export class LiaisonsController {
  constructor(@Inject(BindCollectivite) private readonly bind: BindCollectivite) {}

  @Get('liaisons')
  async list(@CurrentCompte() compte: Compte): Promise<LiaisonsBody> {
    const views = unwrap(await this.bind.list(compte));
    return {
      liaisons: views.map(({ liaison, ...counts }) => {
        const { id, genre, nom, compte: presente, traits, regles, etat, parDefaut } = liaison;
        return {
          id,
          genre,
          nom,
          compte: presente,
          traits: { ...traits },
          regles: { ...regles },
          etat,
          parDefaut,
          ...counts,
        };
      }),
    };
  }

  @Post('collectivites/:siren/rattachement')
  @HttpCode(200)
  async bindTo(
    @CurrentCompte() compte: Compte,
    @Param('siren') siren: string,
    @Body() body: unknown,
  ): Promise<RattachementBody> {
    const { liaison, motif, ...dated } = parseBody(rattachementDemandeSchema, body);
    const depuis = dated.depuis === undefined ? null : instantOf(Date.parse(dated.depuis));
    const bound = unwrap(await this.bind.execute({ compte, siren, liaison, depuis, motif }));
    return { siren, liaison: bound.liaisonId, depuis: bound.depuis };
  }
}
