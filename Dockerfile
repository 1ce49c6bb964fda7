# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --engine-strict --ignore-scripts
COPY tsconfig.json app.yml ./
COPY scripts scripts
COPY templates templates
COPY src src
RUN npm run build && npm ci --engine-strict --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 REDLINE_DATA=/data REDLINE_CACHE_DIR=/data/planner
WORKDIR /app
COPY --from=build /app/package.json /app/app.yml ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# Everything but /data is meant to be mounted read-only: docker run --read-only --tmpfs /tmp -v redline:/data
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
