FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY pyproject.toml requirements.lock ./
RUN python -m venv /opt/portal
ENV PATH=/opt/portal/bin:$PATH
# pip of the lock first: older ones cannot take hashes from a constraint file. Then what production needs and no more;
# the lock fixes versions and hashes, and a package that it lacks is refused.
RUN awk '/^pip==/ {on = 1} on {print; if (!/\\$/) exit}' requirements.lock > pip.txt \
    && python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > wanted.txt \
    && pip install --no-cache-dir --require-hashes --requirement pip.txt \
    && pip install --no-cache-dir --only-binary=:all: --require-hashes --constraint requirements.lock --requirement wanted.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.prod \
    VAR_DIR=/var/lib/portal
COPY --from=packages /opt/portal /opt/portal
WORKDIR /srv/portal
COPY . .
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && mkdir -p /var/lib/portal/media \
    && SECRET_KEY=build ALLOWED_HOSTS=build SITE_URL=http://build DATABASE_URL=postgresql://build REDIS_URL=redis://build \
       python manage.py collectstatic --no-input \
    && python -m core.polish \
    && chown -R portal /var/lib/portal
USER 10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi"]
