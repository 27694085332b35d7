"""Videos as files: what is taken in, what is taken out of them, and what their captions must be. Pure."""
