"""Django's two databases, whose connections wait no longer than whoever asks may (``clinical.serving.waiting``)."""
