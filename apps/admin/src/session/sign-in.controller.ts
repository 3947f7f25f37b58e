import { Body, Controller, Get, Header, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { Clock } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLOCK } from '../desk-ports';
import { relativeTime } from '../format/relative-time';
import { DeskSessions } from './desk-sessions';
import { localPath } from './local-path';
import { SessionCookie } from './session-cookie';
import { renderSignIn } from './sign-in-page';
import { SignInThrottle } from './sign-in-throttle';

/** Un champ de formulaire répété ou absent n'est pas un texte. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Entrer et sortir du bureau. */
@Controller()
export class SignInController {
  constructor(
    private readonly sessions: DeskSessions,
    private readonly cookie: SessionCookie,
    private readonly throttle: SignInThrottle,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('connexion')
  @Header('content-type', 'text/html; charset=utf-8')
  form(@Query('suite') suite: unknown): string {
    return renderSignIn({ faute: null, suite: localPath(textOf(suite)) });
  }

  @Post('connexion')
  async signIn(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { jeton, suite } = (body ?? {}) as { readonly jeton?: unknown; readonly suite?: unknown };
    const back = localPath(textOf(suite));
    const now = this.clock.now();
    const until = this.throttle.blockedUntil(request.ip);
    if (until !== null) {
      const seconds = Math.ceil((epochMsOf(until) - epochMsOf(now)) / 1000);
      const faute = `Trop d’essais depuis votre adresse. Vous pourrez recommencer ${relativeTime(until, now)}.`;
      void reply.header('retry-after', String(seconds));
      this.refuse(reply, 429, renderSignIn({ faute, suite: back }));
      return;
    }
    const opened = await this.sessions.signIn(textOf(jeton));
    if (!opened.ok) {
      this.throttle.failed(request.ip);
      this.refuse(reply, 401, renderSignIn({ faute: opened.problem.detail, suite: back }));
      return;
    }
    this.throttle.succeeded(request.ip);
    await this.sessions.signOut(this.cookie.read(request.headers.cookie));
    const maxAge = Math.floor((epochMsOf(opened.value.expireLe) - epochMsOf(now)) / 1000);
    void reply.header('set-cookie', this.cookie.write(opened.value.secret, maxAge)).redirect(back, 303);
  }

  @Post('deconnexion')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sessions.signOut(this.cookie.read(request.headers.cookie));
    void reply.header('set-cookie', this.cookie.erase()).redirect('/connexion', 303);
  }

  private refuse(reply: FastifyReply, status: number, page: string): void {
    void reply.status(status).type('text/html; charset=utf-8').send(page);
  }
}
