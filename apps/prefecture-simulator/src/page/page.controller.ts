import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Problem } from '@teletransmission/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { versionEnCours } from '../classification/version-en-cours';
import { ScriptedClock } from '../clock/scripted-clock';
import { viewRegistre } from '../http/registre-view';
import { SETTINGS } from '../http/tokens';
import { Ledger } from '../ledger/ledger';
import type { SimulatorSettings } from '../settings';
import { PageAccess } from './page-access';
import { isPageAction, PAGE_ACTIONS, PageActions } from './page-actions';
import { asTexts, textOf } from './page-forms';
import { renderDoor, renderPage } from './render-page';
import { CONTENT_SECURITY_POLICY } from './render-document';

/** La page du simulateur : ce qui est arrivé, ce qui attend, et les gestes de la préfecture. Sans script, au clavier. */
@Controller()
export class PageController {
  constructor(
    private readonly access: PageAccess,
    private readonly actions: PageActions,
    private readonly ledger: Ledger,
    private readonly clock: ScriptedClock,
    @Inject(SETTINGS) private readonly settings: SimulatorSettings,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Query('fait') fait: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!this.access.opens(request.headers.cookie)) return send(reply, 401, renderDoor());
    const message = typeof fait === 'string' && isPageAction(fait) ? PAGE_ACTIONS[fait] : undefined;
    return send(reply, 200, this.render({ message }));
  }

  @Post('page/entrer')
  async enter(
    @Req() request: FastifyRequest,
    @Body() corps: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const jeton = textOf(asTexts(corps), 'jeton') ?? '';
    if (isForeign(request) || !this.access.accepts(jeton)) {
      return send(reply, 401, renderDoor("Ce n'est pas le jeton du simulateur."));
    }
    await reply.header('set-cookie', this.access.entering()).redirect('/', 303);
  }

  @Post('page/sortir')
  async leave(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('set-cookie', this.access.leaving()).redirect('/', 303);
  }

  @Post('page/:action')
  async act(
    @Req() request: FastifyRequest,
    @Param('action') action: string,
    @Body() corps: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!this.access.opens(request.headers.cookie)) return send(reply, 401, renderDoor());
    if (isForeign(request) || !isPageAction(action)) {
      const detail = 'Cette action ne vient pas de cette page : recharger la page et recommencer.';
      return send(reply, 403, this.render({ problem: { code: 'page/foreign', detail } }));
    }
    const fait = await this.actions.perform(action, corps);
    if (!fait.ok) return send(reply, 400, this.render({ problem: fait.problem }));
    await reply.redirect(`/?fait=${action}`, 303);
  }

  private render(dit: { message?: string | undefined; problem?: Problem }): string {
    const { registre } = this.ledger;
    return renderPage({
      ...dit,
      registre: viewRegistre(registre, versionEnCours(registre, this.settings)),
      actes: [...registre.acceptes.keys()],
      sirens: [...registre.emetteurs.keys()],
      maintenant: this.clock.now(),
      isGuarded: this.access.isGuarded,
    });
  }
}

/** Vrai si un navigateur dit que la demande vient d'un autre site. */
function isForeign(request: FastifyRequest): boolean {
  const origine = request.headers['sec-fetch-site'];
  return origine !== undefined && origine !== 'same-origin' && origine !== 'none';
}

async function send(reply: FastifyReply, statut: number, page: string): Promise<void> {
  await reply
    .code(statut)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(page);
}
