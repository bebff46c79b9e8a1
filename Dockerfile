# newsgraph in a small image: the page, then the program with the page in it, then the program alone.

FROM node:20-slim AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web/ ./
COPY docs/api.md /src/docs/api.md
COPY schema/ /src/schema/
RUN npm run build

FROM golang:1.26 AS program
WORKDIR /src
COPY go.mod go.sum ./
COPY loader/format/nodates loader/format/nodates
RUN go mod download
COPY . .
COPY --from=page /src/web/dist web/dist
RUN CGO_ENABLED=0 go build -trimpath -o /newsgraph ./cmd/newsgraph

FROM alpine:3.22
RUN adduser -D -u 10001 newsgraph && install -d -o newsgraph -g newsgraph /data
COPY --from=program /newsgraph /usr/local/bin/newsgraph
USER newsgraph
# The embedded store, newsgraph.db, is made here unless --store says otherwise.
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["newsgraph"]
# Others may reach a container, so it wants keys: docker run -v VOLUME:/data newsgraph keys add NAME
CMD ["serve", "--addr", "0.0.0.0:8080", "--keys", "newsgraph.keys"]
