"""How gunicorn serves Phoenix. Plain `gunicorn` in this folder starts it."""

import os

wsgi_app = "config.wsgi:application"
pythonpath = "site"
bind = os.environ.get("PHOENIX_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("PHOENIX_WORKERS", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
# No access log: an address, an agent and a time to the second are just what we do not keep.
accesslog = None
errorlog = "-"
loglevel = "warning"
# gunicorn opens a control socket in the home folder by default; nothing here uses it.
control_socket_disable = True
# Bodies are at most 256 KiB and stay in memory; the temporary file is gunicorn's heartbeat, which holds nothing.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None


def on_starting(server: object) -> None:
    """Have the numbers at hand on disk before the first visitor, for the day the database is down."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("write_snapshot", "--quiet")
    from django.db import connections

    connections.close_all()
