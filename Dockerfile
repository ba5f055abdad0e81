# The command line of Comity: `docker run --rm -v comity_releases:/data comity build`. See docs/containers.md.
FROM python:3.11.16-slim-bookworm AS build
WORKDIR /source
COPY constraints.txt pyproject.toml README.md LICENSE LICENSE-DATA.md comity.py ./
COPY api api
COPY dashboard dashboard
COPY graph graph
COPY ingest ingest
COPY locales locales
COPY ontologies ontologies
COPY terminal terminal
RUN python -m pip wheel --no-cache-dir --constraint constraints.txt --wheel-dir /wheels ".[dashboard,parquet]"
RUN python -m venv --without-pip /opt/comity \
    && python -m pip --python /opt/comity/bin/python install --no-cache-dir --no-index --find-links /wheels "comity[dashboard,parquet]"

FROM python:3.11.16-slim-bookworm
RUN python -m pip uninstall --yes --root-user-action=ignore setuptools wheel pip \
    && groupadd --gid 10001 comity \
    && useradd --uid 10001 --gid comity --no-create-home --home-dir /data --shell /usr/sbin/nologin comity \
    && install --directory --owner comity --group comity --mode 0750 /data
COPY --from=build /opt/comity /opt/comity
ENV PATH="/opt/comity/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    COMITY_DATA_DIR=/data
WORKDIR /data
VOLUME /data
USER 10001:10001
ENTRYPOINT ["comity"]
CMD ["--help"]
