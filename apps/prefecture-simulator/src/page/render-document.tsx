import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { PAGE_STYLE } from './page-style';

const empreinte = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** Rien d'étranger : ni script, ni image, ni police ; la seule feuille de style est celle-ci. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${empreinte}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Le document entier autour d'un contenu. */
export function renderDocument(titre: string, entete: ComponentChildren, contenu: ComponentChildren): string {
  const html = render(
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{titre}</title>
        <style>{PAGE_STYLE}</style>
      </head>
      <body>
        <a class="saut" href="#contenu">
          Aller au contenu
        </a>
        <header>{entete}</header>
        <main id="contenu">{contenu}</main>
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}
