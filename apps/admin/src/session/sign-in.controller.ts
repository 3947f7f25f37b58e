import { Body, Controller, Get, Header, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { Clock, Instant } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLOCK } from '../desk-ports';
import { DeskSessions } from './desk-sessions';
import { localPath } from './local-path';
import { SessionCookie } from './session-cookie';
import { renderSignIn } from './sign-in-page';
import { SignInThrottle } from './sign-in-throttle';

const TOO_MANY =
  'Trop d’essais manqués depuis votre adresse ; un jeton valable, lui, ouvre toujours le bureau.';

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
    const attempt = this.throttle.begin(request.ip);
    const opened = await this.sessions.signIn(textOf(jeton)).catch((error: unknown) => {
      attempt.forget();
      throw error;
    });
    if (!opened.ok) {
      this.refuse(reply, opened.problem.detail, back, attempt.tooManyUntil);
      return;
    }
    attempt.forget();
    await this.sessions.signOut(this.cookie.read(request.headers.cookie));
    const maxAge = Math.floor((epochMsOf(opened.value.expireLe) - epochMsOf(now)) / 1000);
    void reply.header('set-cookie', this.cookie.write(opened.value.secret, maxAge)).redirect(back, 303);
  }

  @Post('deconnexion')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sessions.signOut(this.cookie.read(request.headers.cookie));
    void reply.header('set-cookie', this.cookie.erase()).redirect('/connexion', 303);
  }

  private refuse(reply: FastifyReply, faute: string, suite: string, tooManyUntil: Instant | null): void {
    if (tooManyUntil === null) {
      this.answer(reply, 401, renderSignIn({ faute, suite }));
      return;
    }
    const seconds = Math.ceil((epochMsOf(tooManyUntil) - epochMsOf(this.clock.now())) / 1000);
    void reply.header('retry-after', String(seconds));
    this.answer(reply, 429, renderSignIn({ faute: `${TOO_MANY} ${faute}`, suite }));
  }

  private answer(reply: FastifyReply, status: number, page: string): void {
    void reply.status(status).type('text/html; charset=utf-8').send(page);
  }
}
