"""How gunicorn runs the site, wherever it is started in this folder: its logs hold no token and no whole address."""

logger_class = "stretchsite.logs.RedactingLogger"
