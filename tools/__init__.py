"""Programs for developers: the environment, the browser, the throw-away database, the measurements."""
