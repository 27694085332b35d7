"""Figures: the engine that draws them and the editor they are entered with."""
