"""The web server, in the demo and in production alike; gunicorn reads this file from the folder it starts in."""

import os
from pathlib import Path

host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
# The code is loaded once, before the workers part: less memory and a quicker start.
preload_app = True
timeout = 60
graceful_timeout = 8
max_requests = 20000
max_requests_jitter = 2000
# Heartbeat files on a disk can stall a worker; memory cannot.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - the folder is the system's own
control_socket_disable = True
# No access log: it would collect visitors' addresses that nobody needs.
accesslog = None
