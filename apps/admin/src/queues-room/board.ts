import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import type { FastifyPluginAsync } from 'fastify';
import { QUEUE_LABELS } from './queue-labels.fr';

export const BOARD_PATH = '/files';

/** Sans Redis, BullMQ attend sans fin : la page, elle, doit dire que les files ne répondent pas. */
const ANSWER_TIMEOUT_MS = 8_000;

const TARGET_FIELDS = ['deliberationId', 'transmissionId', 'retourId'] as const;

/** L'adresse, au bureau, de ce dont traite un travail ; `null` pour un travail sans cible (relève, balayage). */
export function travailHref(queue: string, payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const fields = payload as Readonly<Record<string, unknown>>;
  const target = TARGET_FIELDS.map((field) => fields[field]).find(
    (value): value is string => typeof value === 'string',
  );
  return target === undefined ? null : `/travaux/${encodeURIComponent(queue)}/${encodeURIComponent(target)}`;
}

/** bull-board demande une adresse pour tout travail : celui qui n'a pas de cible mène à la liste. */
function deskLinkOf(
  queue: string,
  payload: unknown,
): { readonly displayText: string; readonly href: string } {
  const href = travailHref(queue, payload);
  if (href === null) return { displayText: 'Aller au bureau', href: '/deliberations' };
  return { displayText: 'Voir la délibération', href };
}

function adapterOf(queue: Queue): BullMQAdapter {
  return new BullMQAdapter(queue, {
    readOnlyMode: true,
    allowRetries: false,
    description: (QUEUE_LABELS as Readonly<Record<string, string>>)[queue.name] ?? '',
    externalJobUrl: (job) => deskLinkOf(queue.name, job.data),
  });
}

/** La page de bull-board, dite en français, et sans la police qu'elle irait chercher ailleurs. */
function frenchPage(html: string): string {
  if (!html.startsWith('<!DOCTYPE html>')) return html;
  return html
    .replace('<html lang="en"', '<html lang="fr"')
    .replace(/<link href="https:[^>]*>/g, '')
    .replace(/>\s*Loading\s*</, '>Chargement…<');
}

/** La salle des files : bull-board, en lecture seule, à monter sous `BOARD_PATH`. */
export function createBoard(queues: readonly Queue[]): FastifyPluginAsync {
  const serverAdapter = new FastifyAdapter().setBasePath(BOARD_PATH);
  createBullBoard({
    queues: queues.map(adapterOf),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: 'Les files',
        boardLogo: { path: '/favicon.svg', width: 28, height: 28 },
        favIcon: { default: '/favicon.svg', alternative: '/favicon.svg' },
        locale: { lng: 'fr-FR' },
        hideDocsLink: true,
        miscLinks: [{ text: 'Revenir au bureau', url: '/' }],
      },
    },
  });
  return async (server) => {
    server.addHook('onRoute', (route) => {
      route.handlerTimeout = ANSWER_TIMEOUT_MS;
    });
    server.addHook('onSend', (_request, _reply, payload, done) => {
      done(null, typeof payload === 'string' ? frenchPage(payload) : payload);
    });
    await server.register(serverAdapter.registerPlugin());
  };
}
